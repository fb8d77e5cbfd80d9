/** What the proofs of a ballot say: each motion is abstain, for or against; each group is within its cap. */
import type { Choice } from '@/chain/choices'
import { settle, sum, type Point } from './group'
import { words } from './hashing'
import { basesOf, type Form, type Group } from './form'
import type { Statement } from './proof'

/** `A, B1, B2` of one motion. */
export type Ciphertext = [Point, Point, Point]

/** Which branch of a motion's proof a choice makes true. */
export const BRANCHES: Record<Choice, number> = { abstain: 0, for: 1, against: 2 }

const CHOICE_SHIFTS = [
  [0, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
]

/** Motion `motion` of the voter holds one of the three choices. */
export function choiceStatement(form: Form, voter: number, motion: number, points: Ciphertext): Statement {
  return {
    tag: 'ballot',
    words: words(form.context, voter, motion, ...points),
    bases: basesOf(form),
    points,
    shifts: CHOICE_SHIFTS,
  }
}

/** The voter is for at most as many motions of the group as its cap allows. */
export function capStatement(form: Form, voter: number, group: Group, ballot: Ciphertext[]): Statement {
  const held = group.motions.map((at) => ballot[at]!)
  const points = settle([sum(held.map(([a]) => a)), sum(held.map(([, b1]) => b1))])
  return {
    tag: 'cap',
    words: words(form.context, voter, group.number, ...points),
    bases: basesOf(form).slice(0, 2),
    points,
    shifts: Array.from({ length: group.most + 1 }, (_, count) => [0, count]),
  }
}
