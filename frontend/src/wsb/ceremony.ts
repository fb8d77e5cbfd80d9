/** The key ceremony of t of n trustees: polynomials, what they publish and prove, and the keys that come of it. */
import type { Address, Hex } from 'viem'
import { G, mod, multiply, multiplyOpen, settle, sum, type Point } from './group'
import { keccakOf, tagged, words } from './hashing'
import type { Statement } from './proof'
import { fresh, type Draw } from './random'

/** Sides in the order of everything a trustee publishes: 0 for, 1 against. */
export const SIDES = [0, 1] as const
export type Side = (typeof SIDES)[number]

/** One attempt at a meeting's keys; all that is said in it is bound to it. */
export interface Run {
  chainId: number
  board: Address
  meeting: number
  run: number
}

export const runWords = ({ chainId, board, meeting, run }: Run): string => words(chainId, board, meeting, run)

/** A trustee's secret: the coefficients of one polynomial for each side, constant first. */
export type Polynomials = [bigint[], bigint[]]

/** New polynomials, the one for before the one against. */
export function freshPolynomials(threshold: number, draw: Draw = fresh): Polynomials {
  const one = () => Array.from({ length: threshold }, draw)
  return [one(), one()]
}

/** What is revealed: `a_k·G`, the coefficients for and then those against. */
export const coefficientsOf = (polynomials: Polynomials): Point[] =>
  settle(polynomials.flat().map((a) => multiply(G, a)))

/** `f_side(trustee)`: what a trustee is dealt. */
export const shareOf = (polynomials: Polynomials, side: Side, trustee: number): bigint =>
  polynomials[side].reduceRight((value, a) => mod(value * BigInt(trustee) + a), 0n)

/** The trustee holds the secret of `E`, which shares will be encrypted to. */
export const enrolment = (run: Run, trustee: number, key: Point): Statement => ({
  tag: 'enrolment',
  words: runWords(run) + words(trustee, key),
  bases: [G],
  points: [key],
  shifts: [[0]],
})

/** The trustee holds the secret of its constant coefficient, so that it is not made of others' coefficients. */
export const possession = (run: Run, trustee: number, side: Side, constant: Point): Statement => ({
  tag: 'possession',
  words: runWords(run) + words(trustee, side, constant),
  bases: [G],
  points: [constant],
  shifts: [[0]],
})

/** Binds a trustee to its coefficients before anybody reveals. */
export const commitmentOf = (run: Run, trustee: number, coefficients: Point[]): Hex =>
  tagged('commitment', runWords(run) + words(trustee, ...coefficients))

/** `dataHash` of a commitment and of a reveal in the transcript; that of a dealing is keccak256 of its bytes. */
export const commitHash = (commitment: Hex, key: Point): Hex => keccakOf(words(commitment, key))
export const revealHash = (coefficients: Point[]): Hex => keccakOf(words(...coefficients))

/** What stands on the board: step 1 commitment, 2 reveal, 3 dealing. */
export interface Entry {
  step: 1 | 2 | 3
  trustee: number
  dataHash: Hex
}

/** What trustees approve: the hash of all entries in the order they came. */
export function transcriptOf(run: Run, trusteeSetHash: Hex, entries: Entry[]): Hex {
  const start = tagged('transcript', runWords(run) + words(trusteeSetHash))
  return entries.reduce(
    (before, { step, trustee, dataHash }) => keccakOf(words(before, step, trustee, dataHash)),
    start,
  )
}

/** The coefficients of one side. */
export const sideOf = (coefficients: Point[], side: Side): Point[] => {
  const threshold = coefficients.length / SIDES.length
  return coefficients.slice(side * threshold, (side + 1) * threshold)
}

/** `Σ at^k·C_k`: a polynomial at a trustee's number, known by its coefficients only. */
export const evaluate = (coefficients: Point[], at: number): Point =>
  coefficients.reduceRight((value, point) => multiplyOpen(value, BigInt(at)).add(point))

/** Tells whether a share that was dealt is the one that the dealer's coefficients promise. */
export const isShare = (coefficients: Point[], side: Side, trustee: number, share: bigint): boolean =>
  multiply(G, share).equals(evaluate(sideOf(coefficients, side), trustee))

/** `Y_for` and `Y_against`: the sums of all constant coefficients. */
export const jointKeys = (reveals: Point[][]): [Point, Point] => {
  const [inFavour, against] = settle(SIDES.map((side) => sum(reveals.map((one) => sideOf(one, side)[0]!))))
  return [inFavour!, against!]
}

/** `X_{i,side}`: what a trustee's decryption is checked against. */
export function shareKey(reveals: Point[][], side: Side, trustee: number): Point {
  const sides = reveals.map((one) => sideOf(one, side))
  return evaluate(
    sides[0]!.map((_, k) => sum(sides.map((one) => one[k]!))),
    trustee,
  )
}

/** A trustee's own secrets: the sums of what every dealer, itself included, gave it. */
export const secretShares = (dealt: [bigint, bigint][]): [bigint, bigint] => [
  mod(dealt.reduce((some, [inFavour]) => some + inFavour, 0n)),
  mod(dealt.reduce((some, [, against]) => some + against, 0n)),
]
