/** Sums of a meeting's ciphertexts at the three levels, rounding, and the hash that the seal fixes. */
import type { Hex } from 'viem'
import { INFINITY, multiplyOpen, settle } from './group'
import { keccakOf, tagged, words } from './hashing'
import type { Ciphertext } from './statements'

const UNIT = 1000

/** An area (0.01 m²) in units of 10 m², halves up. */
export const roundedArea = (area: number): number => Math.floor((area + UNIT / 2) / UNIT)

/** Sums of `A, B1, B2` by motion and level (0 heads, 1 coarse, 2 exact). */
export type Sums = Ciphertext[][]

/** The sums over those who took part. */
export function addUp(motions: number, ballots: { area: number; ciphertexts: Ciphertext[] }[]): Sums {
  const none = (): Ciphertext => [INFINITY, INFINITY, INFINITY]
  const totals = Array.from({ length: motions }, () => [none(), none(), none()])
  for (const { area, ciphertexts } of ballots) {
    const weights = [1n, BigInt(roundedArea(area)), BigInt(area)]
    ciphertexts.forEach((ciphertext, motion) =>
      weights.forEach((weight, level) => {
        const total = totals[motion]![level]!
        ciphertext.forEach((point, at) => (total[at] = total[at]!.add(multiplyOpen(point, weight))))
      }),
    )
  }
  const settled = settle(totals.flat(2))
  return totals.map((levels, motion) =>
    levels.map((_, level) => settled.slice(9 * motion + 3 * level, 9 * motion + 3 * level + 3) as Ciphertext),
  )
}

/** How much rounding hides: sums of `area − 1000u` where positive, and of `1000u − area` where positive. */
export interface Rounding {
  above: number
  below: number
}

/** The rounding of those who took part. */
export function roundingOf(areas: number[]): Rounding {
  const off = areas.map((area) => area - UNIT * roundedArea(area))
  const positive = (values: number[]) => values.reduce((some, value) => some + Math.max(value, 0), 0)
  return { above: positive(off), below: positive(off.map((value) => -value)) }
}

/** keccak256 of all points in order motion, level, `A B1 B2`. */
export const sumsHash = (sums: Sums): Hex => keccakOf(words(...sums.flat(2)))

/** What `seal` fixes and every share is bound to. */
export const sealHash = (
  context: Hex,
  part: { area: number; heads: number },
  { above, below }: Rounding,
  sums: Sums,
): Hex => tagged('seal', words(context, part.area, part.heads, above, below, sumsHash(sums)))
