/** Everything that is checked of each meeting, in the protocol's order. */
import type { Community } from '../community'
import { SECRET_CHECKS, type CheckId, type Findings } from '../findings'
import type { Keys } from '../keys'
import type { Meeting } from '../meeting'
import { judge, tally, type Tally } from '../recount'
import { meetingResult, type MeetingResult } from '../result'
import type { Roll } from '../roll'
import { secretTally, type SecretTally } from '../secret/recount'
import type { Signatures } from '../signing'
import { checkCalldata, checkRecords, checkWindow, readSkips } from './ballotChecks'
import { checkConvening } from './convening'
import { checkLifecycle } from './lifecycle'
import { checkObjections } from './objections'
import { checkDecision, checkDeclared, checkTally, decide } from './outcome'
import { checkSecretMeeting } from './secretMeeting'
import { checkPeriod, checkWords, rollOf } from './rollChecks'

const OF_RECORDS: CheckId[] = [
  ...(['ballot.signature', 'ballot.registered', 'ballot.on-roll'] as const),
  ...(['ballot.once', 'ballot.choice', 'ballot.cap'] as const),
]
const OF_OUTCOME: CheckId[] = [
  ...(['tally.participation', 'tally.motions', 'decision.quorum', 'decision.motions'] as const),
  'result.declared',
]
const OF_ROLL: CheckId[] = ['roll.sum', 'roll.digest', 'roll.period']

/** What all meetings come to together. */
interface Sums {
  consents: number
  batches: number
  counted: number
  skipped: number
}

/** A meeting with what its recount came to. */
export interface Recounted {
  meeting: Meeting
  roll: Roll
  tally: Tally | SecretTally
  result: MeetingResult
}

export function checkMeetings(
  community: Community,
  meetings: Meeting[],
  keys: Keys,
  signatures: Signatures,
  findings: Findings,
): Recounted[] {
  const sums: Sums = { consents: 0, batches: 0, counted: 0, skipped: 0 }
  const recounted = meetings.flatMap(
    (meeting) => checkMeeting(community, meeting, keys, signatures, sums, findings) ?? [],
  )
  findings.make(['ballot.calldata'], () => checkCalldata(community, meetings, findings))
  findings.saw('meeting.convene-hash', 'contents', { count: meetings.length, consents: sums.consents })
  findings.saw('ballot.window', 'batches', { count: sums.batches })
  for (const id of OF_RECORDS) findings.saw(id, 'ballots', { count: sums.counted })
  findings.saw('ballot.skips', 'skips', { count: sums.skipped })
  if (!meetings.length)
    for (const id of [...OF_ROLL, ...OF_OUTCOME, 'objections.answered' as const])
      findings.saw(id, 'noMeetings')
  return recounted
}

function checkMeeting(
  community: Community,
  meeting: Meeting,
  keys: Keys,
  signatures: Signatures,
  sums: Sums,
  findings: Findings,
): Recounted | undefined {
  findings.make(['meeting.convene-hash'], () => {
    sums.consents += checkConvening(community, meeting, findings)
  })
  findings.make(['meeting.lifecycle'], () => checkLifecycle(community, meeting, findings))
  findings.make(['roll.sum', 'roll.digest'], () => checkWords(meeting, findings))
  findings.make(['roll.period'], () => checkPeriod(community, meeting, findings))
  findings.make(['ballot.window'], () => {
    sums.batches += checkWindow(community, meeting, findings)
  })
  const roll = rollOf(meeting)
  findings.make(['objections.answered'], () => {
    const { raised, signers } = signatures.objections.get(meeting)!
    checkObjections(community, meeting, raised, signers, roll, keys, findings)
  })
  const more = meeting.secret ? SECRET_CHECKS : []
  return findings.make([...OF_RECORDS, 'ballot.skips', ...OF_OUTCOME, ...more], () =>
    recount(community, meeting, keys, roll, signatures, sums, findings),
  )
}

function recount(
  community: Community,
  meeting: Meeting,
  keys: Keys,
  roll: Roll,
  signatures: Signatures,
  sums: Sums,
  findings: Findings,
): Recounted {
  const { records, signers, contents } = signatures.ballots.get(meeting)!
  const skips = readSkips(meeting, findings)
  const judged = judge(community, meeting, records, signers, contents, skips, roll, keys)
  checkRecords(meeting, judged, roll, keys, findings)
  const secret = meeting.secret && secretTally(meeting, judged, roll)
  const found = secret ?? tally(meeting, judged, roll)
  if (secret) checkSecretMeeting(community, meeting, secret, roll, findings)
  const outcome = decide(meeting, found, roll)
  checkTally(meeting, found, findings)
  checkDecision(meeting, outcome, found, roll, findings)
  checkDeclared(meeting, outcome, found, roll, findings)
  const skipped = judged.filter(({ said }) => said).length
  sums.counted += judged.length - skipped
  sums.skipped += skipped
  const counted = judged.length - skipped
  const result = meetingResult(meeting, roll, found, outcome, counted, skipped, secret?.opened)
  return { meeting, roll, tally: found, result }
}
