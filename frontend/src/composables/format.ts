/** Areas and times as people read them. */

const ZONE = 'Asia/Shanghai'

/** An area in 0.01 m² as digits: 8953 is "89.53". */
export function areaDigits(area: number): string {
  const whole = Math.trunc(area / 100).toLocaleString('en')
  return `${whole}.${String(area % 100).padStart(2, '0')}`
}

/** A time in UTC seconds as date and minute, Beijing time. */
export function dateTime(seconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: ZONE,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(seconds * 1000)
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
