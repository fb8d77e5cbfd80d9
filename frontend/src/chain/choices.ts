/** Choices of a ballot, packed two bits a motion, and the caps of motions that share a group. */

export type Choice = 'for' | 'against' | 'abstain'

/** The order in which choices are offered: the same everywhere (同意, 反对, 弃权). */
export const CHOICES: readonly Choice[] = ['for', 'against', 'abstain']

const BITS: Record<Choice, bigint> = { abstain: 0n, for: 1n, against: 2n }
const MAX_MOTIONS = 32

/** Pack one choice a motion, motion 0 in the lowest two bits. Throws `RangeError` outside 1 to 32 motions. */
export function packChoices(choices: readonly Choice[]): bigint {
  if (choices.length < 1 || choices.length > MAX_MOTIONS) {
    throw new RangeError(`a ballot has 1 to ${MAX_MOTIONS} motions, not ${choices.length}`)
  }
  return choices.reduce((packed, choice, motion) => packed | (BITS[choice] << BigInt(2 * motion)), 0n)
}

/** Unpack `motions` choices. Throws `RangeError` for a 3 or for bits above the last motion. */
export function unpackChoices(packed: bigint, motions: number): Choice[] {
  if (packed < 0n || packed >> BigInt(2 * motions)) throw new RangeError('choices beyond the last motion')
  return Array.from({ length: motions }, (_, motion) => {
    const bits = (packed >> BigInt(2 * motion)) & 3n
    const choice = CHOICES.find((name) => BITS[name] === bits)
    if (!choice) throw new RangeError(`motion ${motion} has no such choice`)
    return choice
  })
}

/** A motion's group (0: none) and how many motions of that group one owner may support. */
export interface Grouped {
  group: number
  cap: number
}

/** How many more motions of `motion`'s group may be supported; `null` when it stands alone. */
export function supportLeft(
  motions: readonly Grouped[],
  choices: readonly (Choice | null)[],
  motion: number,
): number | null {
  const own = motions[motion]
  if (!own || own.group === 0) return null
  const supported = motions.filter((other, at) => other.group === own.group && choices[at] === 'for').length
  return own.cap - supported
}

/** Tell whether some group has more support than its cap allows. */
export function overCap(motions: readonly Grouped[], choices: readonly (Choice | null)[]): boolean {
  return motions.some((_, motion) => (supportLeft(motions, choices, motion) ?? 0) < 0)
}
