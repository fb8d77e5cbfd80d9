/** Trustees' shares of a sum's decryption, their proofs, and what t of them open it to. */
import type { Hex } from 'viem'
import { SIDES, type Side } from './ceremony'
import { G, inverse, mod, multiply, multiplyOpen, readPoint, settle, sum, type Point } from './group'
import { words } from './hashing'
import { holds, isReadable, prove, type Proof, type Statement } from './proof'
import { fresh, type Draw } from './random'

/** Levels of a motion's sums: heads, area in units of 10 m², area in 0.01 m². */
export const LEVELS = { heads: 0, coarse: 1, exact: 2 } as const

/** Which sum is opened. */
export interface Aggregate {
  motion: number
  level: number
  side: Side
}

/** The aggregates of a stage in their order; `motions`: all for stage 0, the undecided ones for stage 1. */
export const aggregatesOf = (stage: 0 | 1, motions: number[]): Aggregate[] =>
  motions.flatMap((motion): Aggregate[] =>
    stage
      ? [{ motion, level: LEVELS.exact, side: 0 }]
      : [LEVELS.heads, LEVELS.coarse].flatMap((level) => SIDES.map((side) => ({ motion, level, side }))),
  )

/** What every share of a meeting is bound to. */
export interface Sealed {
  context: Hex
  sealHash: Hex
}

/** A share as it is posted. */
export interface Share {
  d: Point
  c: bigint
  s: bigint
}

function statement(sealed: Sealed, trustee: number, of: Aggregate, x: Point, a: Point, d: Point): Statement {
  const { context, sealHash } = sealed
  return {
    tag: 'share',
    words: words(context, sealHash, trustee, of.motion, of.level, of.side, x, a, d),
    bases: [G, a],
    points: [x, d],
    shifts: [[0, 0]],
  }
}

/** `D = x·A` and the proof that it was made with the secret of the share key. */
export function makeShare(
  sealed: Sealed,
  trustee: number,
  of: Aggregate,
  secret: bigint,
  a: Point,
  draw: Draw = fresh,
): Share {
  const [x, d] = settle([multiply(G, secret), multiply(a, secret)])
  const proof = prove(statement(sealed, trustee, of, x!, a, d!), 0, secret, draw)
  return { d: d!, c: proof.challenges[0]!, s: proof.responses[0]! }
}

/** The four words `D.x D.y c s` of a share. */
export const shareWords = ({ d, c, s }: Share): bigint[] => [d.x, d.y, c, s]

/** A share of four words whose proof holds, or nothing. */
export function readShare(
  sealed: Sealed,
  trustee: number,
  of: Aggregate,
  x: Point,
  a: Point,
  [dx, dy, c, s]: bigint[],
): Share | undefined {
  const d = readPoint(dx!, dy!)
  const proof: Proof = { challenges: [c!], responses: [s!] }
  if (!d || !isReadable(proof)) return undefined
  return holds(statement(sealed, trustee, of, x, a, d), proof) ? { d, c: c!, s: s! } : undefined
}

/** `λ_i = Π j/(j−i)` over the other trustees of the set, in its order. */
export const lagrange = (trustees: number[]): bigint[] =>
  trustees.map((i) => {
    const others = trustees.filter((j) => j !== i)
    const over = others.reduce((product, j) => mod(product * BigInt(j)), 1n)
    const under = others.reduce((product, j) => mod(product * BigInt(j - i)), 1n)
    return mod(over * inverse(under))
  })

/** `B − Σ λ_i·D_i`: the generator as often as the sum is large. */
export function opened(b: Point, shares: { trustee: number; d: Point }[]): Point {
  const factors = lagrange(shares.map(({ trustee }) => trustee))
  return b.add(sum(shares.map(({ d }, at) => multiplyOpen(d, -factors[at]!))))
}
