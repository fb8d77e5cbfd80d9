/** objections.answered: who objected, and that nothing became final before its answer and its time. */
import type { Address, Hex } from 'viem'
import { actsOf, argumentsOf } from '../acts'
import { eventsOf, timeOf, type Community } from '../community'
import type { Findings } from '../findings'
import type { Keys } from '../keys'
import { is, place, type Log } from '../logs'
import { named, type Meeting } from '../meeting'
import type { Roll } from '../roll'
import { domainOf } from '../recount'
import { compact, digestOf, type Signed } from '../signatures'

const ID = 'objections.answered'
interface Raise {
  meeting: bigint
  voter: number
  contentHash: Hex
  r: Hex
  s: Hex
  vs: Hex
}
/** An objection and the signatures its transaction brought for it. */
export interface Objection {
  log: Log<'ObjectionRaised'>
  signed: Signed[]
  /** Another contract may have brought it, and the signature cannot be seen. */
  hidden: boolean
}

/** Objections of a meeting, with what their owners should have signed. */
export function objectionsOf(community: Community, meeting: Meeting): Objection[] {
  const domain = domainOf(community.chain.id, meeting)
  return eventsOf(meeting.logs, 'ObjectionRaised').map((log) => {
    const { voter, contentHash } = log.args
    const acts = actsOf(community, log)
    const brought = argumentsOf<Raise>(acts, meeting.contract, 'raiseObjection')
    const digest = digestOf(domain, 'Objection', [meeting.id, voter, contentHash])
    const signed = brought
      .filter((one) => one.meeting === meeting.id && one.voter === voter && one.contentHash === contentHash)
      .map(({ r, vs }) => compact(digest, r, vs))
    return { log, signed, hidden: acts.hidden }
  })
}

export function checkObjections(
  community: Community,
  meeting: Meeting,
  objections: Objection[],
  signers: (Address | undefined)[][],
  roll: Roll,
  keys: Keys,
  findings: Findings,
): void {
  const raised = new Set<number>()
  objections.forEach(({ log, hidden }, at) => {
    const { voter, objection } = log.args
    const key = keys.of(voter, log.order)
    const good =
      (hidden || signers[at]!.some((signer) => signer !== undefined && signer === key)) &&
      roll.areaOf(voter) !== 0n &&
      !raised.has(voter) &&
      objection === BigInt(at + 1)
    findings.require(good, ID, 'badObjection', { ...named(meeting), voter, where: place(log) })
    raised.add(voter)
  })
  follow(community, meeting, findings)
}

/** Follow objections and answers up to the final result. */
function follow(community: Community, meeting: Meeting, findings: Findings): void {
  const open = new Set<bigint>()
  let [answered, end] = [0, 0n]
  for (const log of meeting.logs) {
    const where = { ...named(meeting), where: place(log) }
    if (is(log, 'ResultDeclared')) end = log.args.objectionsEndAt
    else if (is(log, 'ObjectionRaised')) {
      open.add(log.args.objection)
      findings.require(timeOf(community, log) < end, ID, 'objectionTooLate', where)
    } else if (is(log, 'ObjectionAnswered')) {
      answered += 1
      findings.require(open.delete(log.args.objection), ID, 'answerToNothing', where)
    } else if (is(log, 'ResultFinal')) {
      findings.require(open.size === 0, ID, 'finalWithOpen', { ...where, count: open.size })
      findings.require(timeOf(community, log) >= end, ID, 'finalTooEarly', where)
    }
  }
  const raised = answered + open.size
  findings.saw(ID, 'objections', { ...named(meeting), raised, answered })
}
