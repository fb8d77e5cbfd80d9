/** Many proofs over lasting bases, checked together: the commitments are worked out in lockstep. */
import { G, INFINITY, mod, type Coordinates } from './group'
import { challengeOf, words } from './hashing'
import { combineAll, type Combination } from './lockstep'
import type { Proof, Statement } from './proof'

/** A statement and its proof, whose scalars may all be read. */
export interface Claim {
  statement: Statement
  proof: Proof
}

/** Which of the claims hold; the bases of all are lasting ones. */
export function hold(claims: Claim[]): boolean[] {
  const points: Coordinates[] = []
  const items: Combination[] = []
  for (const { statement, proof } of claims) {
    const { bases, points: own, shifts } = statement
    const positions = own.map(
      (point) => points.push(point.equals(INFINITY) ? G.toAffine() : point.toAffine()) - 1,
    )
    shifts.forEach((shift, branch) => {
      const [c, s] = [proof.challenges[branch]!, proof.responses[branch]!]
      bases.forEach((base, at) => {
        const fixed = [{ base, factor: s }]
        if (shift[at]) fixed.push({ base: G, factor: c * BigInt(shift[at]) })
        // infinity stands as nothing of a point that is one
        items.push({ fixed, point: positions[at]!, factor: own[at]!.equals(INFINITY) ? 0n : -c })
      })
    })
  }
  const made = combineAll(points, items)
  let from = 0
  return claims.map(({ statement, proof }) => {
    const until = from + statement.shifts.length * statement.bases.length
    const commitments = made.slice(from, until).map(({ x, y }) => words(x, y))
    from = until
    const total = proof.challenges.reduce((some, c) => some + c, 0n)
    return mod(total) === challengeOf(statement.tag, statement.words + commitments.join(''))
  })
}
