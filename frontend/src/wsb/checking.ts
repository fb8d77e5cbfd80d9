/** Judging a secret ballot in the contract's order: motion by motion, then group by group. */
import type { Hex } from 'viem'
import { readBody } from './ballot'
import { groupsOf, type Form } from './form'
import { holds, isReadable } from './proof'
import { capStatement, choiceStatement, type Ciphertext } from './statements'

export type Reason = 'malformed' | 'invalid-choice' | 'over-cap'

/** What is wrong and where: in a motion (by position), a group (by number), or the length of the body. */
export interface Fault {
  reason: Reason
  motion?: number
  group?: number
}

/** Everything wrong with a body, found one after the other. A group with an unreadable motion is not judged. */
export function* faultsOf(form: Form, voter: number, body: Hex): Generator<Fault> {
  const read = readBody(form, body)
  if (!read) return yield { reason: 'malformed' }
  const readable: (Ciphertext | undefined)[] = []
  for (const [motion, { ciphertext, proof }] of read.motions.entries()) {
    const good = ciphertext && isReadable(proof)
    readable.push(good ? ciphertext : undefined)
    if (!good) yield { reason: 'malformed', motion }
    else if (!holds(choiceStatement(form, voter, motion, ciphertext), proof))
      yield { reason: 'invalid-choice', motion }
  }
  for (const [at, group] of groupsOf(form.motions).entries()) {
    if (group.motions.some((motion) => !readable[motion])) continue
    const proof = read.groups[at]!
    if (!isReadable(proof)) yield { reason: 'malformed', group: group.number }
    else if (!holds(capStatement(form, voter, group, readable as Ciphertext[]), proof))
      yield { reason: 'over-cap', group: group.number }
  }
}

/** Why the contract skips a ballot of this body, or nothing. */
export function reasonOf(form: Form, voter: number, body: Hex): Reason | undefined {
  for (const { reason } of faultsOf(form, voter, body)) return reason
  return undefined
}
