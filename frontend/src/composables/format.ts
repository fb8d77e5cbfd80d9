/** Areas and times as people read them. */

const BEIJING_SECONDS = 8 * 3_600
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** An area in 0.01 m² as digits: 8953 is "89.53". */
export function areaDigits(area: number): string {
  const whole = String(Math.trunc(area / 100)).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${whole}.${String(area % 100).padStart(2, '0')}`
}

/**
 * A time in UTC seconds as date and minute, Beijing time.
 *
 * By hand: a slow phone needs a tenth of a second to get the browser's own formatter ready, and
 * Beijing's clock has stood at eight hours ahead since 1991.
 */
export function dateTime(seconds: number, locale: string): string {
  const at = new Date((seconds + BEIJING_SECONDS) * 1000)
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  const clock = at.toISOString().slice(11, 16)
  if (locale === 'en') return `${MONTHS[month]} ${day}, ${year} at ${clock}`
  return `${year}年${month + 1}月${day}日 ${clock}`
}

/** A moment in UTC milliseconds as hour and minute on this phone. */
export function clockTime(milliseconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    milliseconds,
  )
}

/** Parts of a whole in hundredths of a percent, rounded down: never shows a threshold before it is reached. */
export function share(part: number, total: number): string {
  const hundredths = total === 0 ? 0n : (BigInt(part) * 10_000n) / BigInt(total)
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}%`
}

/** The lower end of a part that is known by bounds, in tenths of a percent, rounded down. */
export function shareFrom(part: number, total: number): string {
  return tenths(total === 0 ? 0n : (BigInt(part) * 1000n) / BigInt(total))
}

/** The upper end of such a part, rounded up: the truth is never outside of what is shown. */
export function shareTo(part: number, total: number): string {
  return tenths(total === 0 ? 0n : (BigInt(part) * 1000n + BigInt(total) - 1n) / BigInt(total))
}

const tenths = (share: bigint): string => `${share / 10n}.${share % 10n}%`

/** Tell whether a part is two thirds of the whole or more, in whole numbers. */
export function reachesTwoThirds(part: number, total: number): boolean {
  return 3n * BigInt(part) >= 2n * BigInt(total)
}

/** A community's place; an address that begins with its district does not say it twice. */
export function placeName({ district, address }: { district: string; address: string }): string {
  return address.startsWith(district) ? address : `${district} ${address}`
}

/** A building or entrance that the roll has as a bare number gets its word (栋, 单元); a name stays as it is. */
export function numbered(name: string, word: (number: string) => string): string {
  return /^\d+$/.test(name) ? word(name) : name
}
