/** Judging secret ballots in the contract's order: motion by motion, then group by group. */
import type { Hex } from 'viem'
import { readBody } from './ballot'
import { groupsOf, type Form } from './form'
import { holds, isReadable } from './proof'
import { hold, type Claim } from './proofs'
import { capStatement, choiceStatement, type Ciphertext } from './statements'

export type Reason = 'malformed' | 'invalid-choice' | 'over-cap'

/** What is wrong and where: in a motion (by position), a group (by number), or the length of the body. */
export interface Fault {
  reason: Reason
  motion?: number
  group?: number
}

/** A fault that is certain, or one that there is unless the claim holds. */
type Question = Fault & { claim?: Claim }

/** All that has to be asked about a body, in order. A group with an unreadable motion is not judged. */
function* questionsOf(form: Form, voter: number, body: Hex): Generator<Question> {
  const read = readBody(form, body)
  if (!read) return yield { reason: 'malformed' }
  const readable: (Ciphertext | undefined)[] = []
  for (const [motion, { ciphertext, proof }] of read.motions.entries()) {
    const good = ciphertext && isReadable(proof)
    readable.push(good ? ciphertext : undefined)
    if (!good) yield { reason: 'malformed', motion }
    else {
      const statement = choiceStatement(form, voter, motion, ciphertext)
      yield { reason: 'invalid-choice', motion, claim: { statement, proof } }
    }
  }
  for (const [at, group] of groupsOf(form.motions).entries()) {
    if (group.motions.some((motion) => !readable[motion])) continue
    const proof = read.groups[at]!
    if (!isReadable(proof)) yield { reason: 'malformed', group: group.number }
    else {
      const statement = capStatement(form, voter, group, readable as Ciphertext[])
      yield { reason: 'over-cap', group: group.number, claim: { statement, proof } }
    }
  }
}

/** Everything wrong with a body, found one after the other: the first is why the contract skips it. */
export function* faultsOf(form: Form, voter: number, body: Hex): Generator<Fault> {
  for (const { claim, ...fault } of questionsOf(form, voter, body))
    if (!claim || !holds(claim.statement, claim.proof)) yield fault
}

/** Why the contract skips a ballot of this body, or nothing. */
export function reasonOf(form: Form, voter: number, body: Hex): Reason | undefined {
  for (const { reason } of faultsOf(form, voter, body)) return reason
  return undefined
}

/** Everything wrong with each of many ballots, checked together: many times faster than one by one. */
export function faultsOfAll(form: Form, ballots: { voter: number; body: Hex }[]): Fault[][] {
  const asked = ballots.map(({ voter, body }) => [...questionsOf(form, voter, body)])
  const answers = hold(asked.flat().flatMap(({ claim }) => claim ?? []))
  let next = 0
  return asked.map((questions) =>
    questions.filter(({ claim }) => !claim || !answers[next++]).map(({ claim: _, ...fault }) => fault),
  )
}
