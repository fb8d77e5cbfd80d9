/**
 * The verifier: recounts a community's meetings from the chain alone.
 *
 * Written from docs/protocol.md and docs/audit.md, apart from the audit of the command line: two programs that share
 * nothing but the page they were written from have to find the same.
 */
import type { Address } from 'viem'
import { Chain, type Progress } from './chain'
import { checkCalldata, checkRecords, checkWindow, readSkips } from './checks/ballotChecks'
import { checkContinuity } from './checks/continuity'
import { checkCode, checkLinks } from './checks/contracts'
import { checkConvening } from './checks/convening'
import { checkLifecycle, checkNumbers } from './checks/lifecycle'
import { checkObjections, objectionsOf } from './checks/objections'
import { checkDecision, checkDeclared, checkTally, decide } from './checks/outcome'
import { checkPossession, followRegistry, possessions } from './checks/registry'
import { checkAnswered, readAnswered } from './checks/registryAnswers'
import { checkRoles } from './checks/roles'
import { checkRoll } from './checks/rollChecks'
import { ask, readCommunity, type Community } from './community'
import { Findings, type Check, type CheckId } from './findings'
import { asAddress } from './hex'
import type { Keys } from './keys'
import { readMeetings, type Meeting } from './meeting'
import { judge, recordsOf, signedBallots, tally } from './recount'
import { meetingResult, resultOf, type MeetingResult, type Result } from './result'
import { Roll } from './roll'
import type { Ask } from './rpc'
import { signers, type Signed } from './signatures'

export interface Report {
  ok: boolean
  checks: Check[]
  result: Result
}

const OF_BALLOTS: CheckId[] = [
  ...(['ballot.signature', 'ballot.registered', 'ballot.on-roll', 'ballot.once'] as const),
  ...(['ballot.choice', 'ballot.cap', 'ballot.skips'] as const),
]
const OF_OUTCOME: CheckId[] = [
  ...(['tally.participation', 'tally.motions', 'decision.quorum', 'decision.motions'] as const),
  'result.declared',
]

/** Check everything. Rejects only when the node gives no answers at all, or when `progress` throws. */
export async function verify(
  node: Ask,
  registry: string,
  meeting?: number,
  progress: Progress = () => {},
): Promise<Report> {
  const chain = await Chain.open(node, progress)
  const community = await readCommunity(chain, asAddress(registry))
  const meetings = await readMeetings(community, meeting)
  const [count] = await ask(chain, community.links.openMeeting, 'OpenMeeting', [['meetingCount']])
  const findings = new Findings()
  findings.make(['chain.continuity'], () => checkContinuity(community, findings))
  findings.make(['contracts.links'], () => checkLinks(community, findings))
  findings.make(['contracts.code'], () => checkCode(community, findings))
  findings.make(['roles.separation'], () => checkRoles(community, findings))
  findings.make(['meeting.lifecycle'], () => checkNumbers(community, count, meeting, findings))
  const keys = await checkRegistry(community, meetings, findings, progress)
  const results = checkMeetings(community, meetings, keys, findings, progress)
  const checks = findings.checks()
  return { ok: checks.every(({ ok }) => ok), checks, result: resultOf(community, results) }
}

/** The registry's checks; gives the keys in force at every moment. */
async function checkRegistry(
  community: Community,
  meetings: Meeting[],
  findings: Findings,
  progress: Progress,
): Promise<Keys> {
  const history = findings.make(['registry.unique-key', 'registry.key-change'], () =>
    followRegistry(community, findings),
  )
  if (!history) throw new Error('the registry cannot be followed')
  const answers = await readAnswered(community, history, meetings)
  findings.make(['registry.key-change'], () => checkAnswered(history, answers, findings))
  findings.make(['registry.possession'], () => {
    const proofs = possessions(community)
    const found = recovered(
      proofs.map(({ signed }) => signed),
      progress,
    )
    checkPossession(proofs, found, findings)
  })
  return history.keys
}

function checkMeetings(
  community: Community,
  meetings: Meeting[],
  keys: Keys,
  findings: Findings,
  progress: Progress,
): MeetingResult[] {
  let [batches, consents, counted, skipped] = [0, 0, 0, 0]
  const results: MeetingResult[] = []
  for (const meeting of meetings) {
    findings.make(['meeting.convene-hash'], () => {
      consents += checkConvening(community, meeting, findings)
    })
    findings.make(['meeting.lifecycle'], () => checkLifecycle(community, meeting, findings))
    const roll =
      findings.make(['roll.sum', 'roll.digest', 'roll.period'], () =>
        checkRoll(community, meeting, findings),
      ) ?? new Roll()
    findings.make(['ballot.window'], () => {
      batches += checkWindow(community, meeting, findings)
    })
    findings.make(['objections.answered'], () => {
      const objections = objectionsOf(community, meeting)
      const found = objections.map(({ signed }) => recovered(signed ?? [], () => {}))
      checkObjections(community, meeting, objections, found, roll, keys, findings)
    })
    findings.make([...OF_BALLOTS, ...OF_OUTCOME], () => {
      const records = recordsOf(meeting)
      const found = recovered(signedBallots(community, meeting, records), progress)
      const skips = readSkips(meeting, findings)
      const judged = judge(community, meeting, records, found, skips, roll, keys)
      checkRecords(meeting, judged, roll, keys, findings)
      const sums = tally(meeting, judged, roll)
      const outcome = decide(meeting, sums, roll)
      checkTally(meeting, sums, roll, findings)
      checkDecision(meeting, outcome, sums, roll, findings)
      checkDeclared(community, meeting, outcome, sums, roll, findings)
      const left = judged.filter(({ said }) => said !== 0).length
      ;[counted, skipped] = [counted + judged.length - left, skipped + left]
      results.push(meetingResult(meeting, roll, sums, outcome, judged.length - left, left))
    })
  }
  findings.make(['ballot.calldata'], () => checkCalldata(community, meetings, findings))
  findings.saw('meeting.convene-hash', 'contents', { count: meetings.length, consents })
  findings.saw('ballot.window', 'batches', { count: batches })
  for (const id of OF_BALLOTS)
    findings.saw(id, id === 'ballot.skips' ? 'skips' : 'ballots', {
      count: id === 'ballot.skips' ? skipped : counted,
    })
  if (!meetings.length) sawNoMeetings(findings)
  return results
}

function sawNoMeetings(findings: Findings): void {
  const ids: CheckId[] = ['roll.sum', 'roll.digest', 'roll.period', ...OF_OUTCOME, 'objections.answered']
  for (const id of ids) findings.saw(id, 'noMeetings')
}

function recovered(signed: Signed[], progress: Progress): (Address | undefined)[] {
  const run = signers(signed)
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
    progress('signatures', step.value, signed.length)
  }
}
