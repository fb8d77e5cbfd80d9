/**
 * The one proof of WSB-1: "I know a secret for which one of these branches is true".
 *
 * In branch b every point j is `secret · base_j + shift_bj · G`. One branch makes it a proof of knowledge (enrolment,
 * possession), one branch over two bases a proof of the same logarithm (shares), several a choice or a cap.
 */
import { challengeOf, words, type Tag } from './hashing'
import { G, isScalar, mod, multiply, multiplyOpen, settle, type Point } from './group'
import type { Draw } from './random'

export interface Statement {
  tag: Tag
  /** All that the challenge covers before the commitments. */
  words: string
  bases: Point[]
  points: Point[]
  shifts: number[][]
}

/** A challenge and a response of every branch. */
export interface Proof {
  challenges: bigint[]
  responses: bigint[]
}

/** What the challenge covers last: `T_b1, T_b2, ...` of each branch. */
export function commitments({ bases, points, shifts }: Statement, proof: Proof): Point[] {
  // A table of a point's multiples pays from the third one on.
  if (shifts.length > 2) for (const point of points) point._setWindowSize(3)
  const found = shifts.flatMap((shift, branch) => {
    const [c, s] = [proof.challenges[branch]!, proof.responses[branch]!]
    return bases.map((base, at) => {
      const open = multiplyOpen(base, s).add(multiplyOpen(points[at]!, -c))
      return shift[at] ? open.add(multiplyOpen(G, c * BigInt(shift[at]))) : open
    })
  })
  return settle(found)
}

/** The challenge that belongs to a statement and its commitments. */
export const challenge = (statement: Statement, made: Point[]): bigint =>
  challengeOf(statement.tag, statement.words + words(...made))

/** Tells whether all scalars of a proof may be read. */
export const isReadable = ({ challenges, responses }: Proof): boolean =>
  [...challenges, ...responses].every(isScalar)

/** Tells whether a proof of readable scalars holds. */
export function holds(statement: Statement, proof: Proof): boolean {
  const total = proof.challenges.reduce((some, c) => some + c, 0n)
  return mod(total) === challenge(statement, commitments(statement, proof))
}

/**
 * Prove a statement that is true in `branch` with `secret`.
 *
 * Draws the nonce, then challenge and response of every other branch, ascending. Since the prover knows what the
 * points are made of, all commitments are multiples of the lasting bases.
 */
export function prove(statement: Statement, branch: number, secret: bigint, draw: Draw): Proof {
  const { bases, shifts } = statement
  const nonce = draw()
  const challenges = shifts.map(() => 0n)
  const responses = shifts.map(() => 0n)
  const made = shifts.flatMap((shift, other) => {
    if (other === branch) return bases.map((base) => multiply(base, nonce))
    const c = (challenges[other] = draw())
    const s = (responses[other] = draw())
    return bases.map((base, at) => {
      const open = multiply(base, s - c * secret)
      const off = shifts[branch]![at]! - shift[at]!
      return off ? open.add(multiply(G, -c * BigInt(off))) : open
    })
  })
  const others = challenges.reduce((some, c) => some + c, 0n)
  const own = mod(challenge(statement, settle(made)) - others)
  challenges[branch] = own
  responses[branch] = mod(nonce + own * secret)
  return { challenges, responses }
}
