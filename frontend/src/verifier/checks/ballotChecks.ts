/** ballot.*: every record of every batch, and what the contract made of it. */
import type { Hex } from 'viem'
import { actsOf, argumentsOf } from '../acts'
import { isWhole, recordsIn } from '../ballots'
import { eventsOf, timeOf, type Community } from '../community'
import type { CheckId, Findings } from '../findings'
import type { Keys } from '../keys'
import { is, place, type Log } from '../logs'
import { closesAt, named, type Meeting } from '../meeting'
import { REASONS, type Judged, type Skips } from '../recount'
import type { Roll } from '../roll'
import { sizeOf } from '../secret/form'

/** Skips by the records they are of. They come before their batch, in its transaction. */
export function readSkips(meeting: Meeting, findings: Findings): Skips {
  const found: Skips = new Map()
  const fault = (log: Log) => findings.fault('ballot.skips', 'skipOfNothing', { where: place(log) })
  const length = sizeOf(meeting)
  let waiting: Log<'BallotSkipped'>[] = []
  for (const log of meeting.logs) {
    if (is(log, 'BallotSkipped')) waiting.push(log)
    if (!is(log, 'BallotsCast') || !isWhole(log.args.records, length)) continue
    const size = recordsIn(log.args.records, length).length
    for (const skip of waiting.filter(({ transaction }) => transaction === log.transaction)) {
      const where = `${place(log)}#${skip.args.position}`
      if (skip.args.position >= BigInt(size) || found.has(where)) fault(skip)
      else found.set(where, skip.args)
    }
    waiting = waiting.filter(({ transaction }) => transaction !== log.transaction)
  }
  waiting.forEach(fault)
  return found
}

/** ballot.calldata, for all meetings: the batches of a transaction are among its calls, in their order. */
export function checkCalldata(community: Community, meetings: Meeting[], findings: Findings): void {
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]))
  const byTransaction = new Map<string, Log<'BallotsCast'>[]>()
  for (const log of eventsOf(community.logs, 'BallotsCast')) {
    const carried = `${log.transaction} ${log.contract}`
    const held = byTransaction.get(carried)
    if (held) held.push(log)
    else byTransaction.set(carried, [log])
  }
  let [batches, through] = [0, 0]
  for (const logs of byTransaction.values()) {
    const acts = actsOf(community, logs[0]!)
    const calls = argumentsOf<{ meeting: bigint; records: Hex }>(acts, logs[0]!.contract, 'cast')
    let next = 0
    for (const log of logs) {
      const { meeting, records } = log.args
      const at = calls.findIndex(
        (call, index) => index >= next && call.meeting === meeting && call.records === records,
      )
      if (at >= 0) next = at + 1
      const own = byId.get(meeting)
      if (own?.contract !== log.contract) continue
      findings.require(at >= 0 || acts.hidden, 'ballot.calldata', 'otherRecords', { where: place(log) })
      findings.require(isWhole(records, sizeOf(own)), 'ballot.calldata', 'tornBatch', { where: place(log) })
      if (at < 0) through += 1
      else batches += 1
    }
  }
  findings.saw('ballot.calldata', 'calldata', { batches, through })
}

/** ballot.window: when the batches of a meeting were mined. */
export function checkWindow(community: Community, meeting: Meeting, findings: Findings): number {
  const size = sizeOf(meeting)
  const batches = eventsOf(meeting.logs, 'BallotsCast').filter(({ args }) => isWhole(args.records, size))
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
  for (const { voter, unreadable, overCap, where, log, signer, reason, said, again } of judged) {
    const values = { ...named(meeting), where, voter }
    if (said) {
      const told = { ...values, said: REASONS[said.reason] ?? said.reason, found: REASONS[reason]! }
      const deserved = said.reason === reason && said.voter === voter
      findings.require(deserved, 'ballot.skips', 'skipUndeserved', told)
      continue
    }
    const rules: [CheckId, boolean, string][] = [
      ['ballot.signature', keys.isKey(signer, log.order), 'noOwnerSigned'],
      ['ballot.registered', signer !== undefined && signer === keys.of(voter, log.order), 'otherKey'],
      ['ballot.on-roll', roll.areaOf(voter) !== 0n, 'notOnRoll'],
      ['ballot.once', !again, 'countedTwice'],
      ['ballot.choice', !unreadable, 'unreadableChoice'],
      ['ballot.cap', !overCap, 'overCap'],
    ]
    for (const [id, holds, key] of rules) findings.require(holds, id, key, values)
  }
}
