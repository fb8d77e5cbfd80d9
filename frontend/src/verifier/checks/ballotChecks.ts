/** ballot.*: every record of every batch, and what the contract made of it. */
import type { Hex } from 'viem'
import { actsOf, argumentsOf } from '../acts'
import { isOverCap, isReadable, isWhole } from '../ballots'
import { eventsOf, timeOf, type Community } from '../community'
import type { CheckId, Findings } from '../findings'
import type { Keys } from '../keys'
import { is, place, type Log } from '../logs'
import { closesAt, named, type Meeting } from '../meeting'
import { REASONS, type Judged } from '../recount'
import type { Roll } from '../roll'

/** Reasons of the skips by the records they are of. A skip belongs to the next batch of its transaction. */
export function readSkips(meeting: Meeting, findings: Findings): Map<string, number> {
  const reasons = new Map<string, number>()
  let waiting: Log<'BallotSkipped'>[] = []
  const misplaced = (skips: Log[]) =>
    skips.forEach((log) => findings.fault('ballot.skips', 'skipOfNothing', { where: place(log) }))
  for (const log of meeting.logs) {
    if (waiting.length && waiting[0]!.transaction !== log.transaction) {
      misplaced(waiting)
      waiting = []
    }
    if (is(log, 'BallotSkipped')) waiting.push(log)
    if (!is(log, 'BallotsCast')) continue
    for (const skip of waiting) {
      const { position, voter, reason } = skip.args
      const where = `${place(log)}#${position}`
      const start = 2 + 154 * Number(position)
      const same = log.args.records.slice(start, start + 8) === voter.toString(16).padStart(8, '0')
      const known = REASONS[reason] !== undefined && reason > 0
      if (same && known && !reasons.has(where)) reasons.set(where, reason)
      else misplaced([skip])
    }
    waiting = []
  }
  misplaced(waiting)
  return reasons
}

/** ballot.calldata, for all meetings: the batches of a transaction are among its calls, in their order. */
export function checkCalldata(community: Community, meetings: Meeting[], findings: Findings): void {
  const ids = new Set(meetings.map(({ id }) => id))
  const byTransaction = new Map<Hex, Log<'BallotsCast'>[]>()
  for (const log of eventsOf(community.logs, 'BallotsCast')) {
    const held = byTransaction.get(log.transaction)
    if (held) held.push(log)
    else byTransaction.set(log.transaction, [log])
  }
  let [batches, through] = [0, 0]
  for (const logs of byTransaction.values()) {
    const acts = actsOf(community, logs[0]!)
    const calls = acts && argumentsOf<{ meeting: bigint; records: Hex }>(acts, 'OpenMeeting', 'cast')
    let next = 0
    for (const log of logs) {
      const { meeting, records } = log.args
      const at = calls?.findIndex(
        (call, index) => index >= next && call.meeting === meeting && call.records === records,
      )
      if (at !== undefined && at >= 0) next = at + 1
      if (!ids.has(meeting)) continue
      findings.require(at !== -1, 'ballot.calldata', 'otherRecords', { where: place(log) })
      findings.require(isWhole(records), 'ballot.calldata', 'tornBatch', { where: place(log) })
      if (at === undefined) through += 1
      else batches += 1
    }
  }
  findings.saw('ballot.calldata', 'calldata', { batches, through })
}

/** ballot.window: when the batches of a meeting were mined. */
export function checkWindow(community: Community, meeting: Meeting, findings: Findings): number {
  const batches = eventsOf(meeting.logs, 'BallotsCast')
  for (const log of batches) {
    const time = timeOf(community, log)
    const open = time >= meeting.convening.opensAt && time < closesAt(meeting, log.order)
    findings.require(open, 'ballot.window', 'outsideWindow', { ...named(meeting), where: place(log) })
  }
  return batches.length
}

/** Each record the contract counted, against every rule; each it left out, against the reason it gave. */
export function checkRecords(
  meeting: Meeting,
  judged: Judged[],
  roll: Roll,
  keys: Keys,
  findings: Findings,
): void {
  const { motions } = meeting.convening
  const counted = new Set<number>()
  for (const { voter, choices, where, log, signer, reason, said } of judged) {
    const values = { ...named(meeting), where, voter }
    if (said !== 0) {
      const told = { ...values, said: REASONS[said]!, found: REASONS[reason]! }
      findings.require(said === reason, 'ballot.skips', 'skipUndeserved', told)
      continue
    }
    const rules: [CheckId, boolean, string][] = [
      ['ballot.signature', keys.isKey(signer), 'noOwnerSigned'],
      ['ballot.registered', !keys.isKey(signer) || signer === keys.of(voter, log.order), 'otherKey'],
      ['ballot.on-roll', roll.areaOf(voter) !== 0n, 'notOnRoll'],
      ['ballot.once', !counted.has(voter), 'countedTwice'],
      ['ballot.choice', isReadable(choices, motions.length), 'unreadableChoice'],
      ['ballot.cap', !isOverCap(choices, motions), 'overCap'],
    ]
    for (const [id, holds, key] of rules) findings.require(holds, id, key, values)
    counted.add(voter)
  }
}
