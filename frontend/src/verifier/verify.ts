/**
 * The verifier: recounts a community's meetings from the chain alone.
 *
 * Written from docs/protocol.md and docs/audit.md, apart from the audit of the command line: two programs that share
 * nothing but the page they were written from have to find the same.
 */
import { Chain, type Progress } from './chain'
import { checkContinuity } from './checks/continuity'
import { checkCode, checkLinks } from './checks/contracts'
import { checkNumbers } from './checks/lifecycle'
import { checkMeetings, type Recounted } from './checks/meetings'
import { checkPossession, followRegistry } from './checks/registry'
import { checkAnswered, readAnswered } from './checks/registryAnswers'
import { checkRoles } from './checks/roles'
import { readCommunity, type Community } from './community'
import { Findings, type Check } from './findings'
import { asAddress } from './hex'
import { meetingsIn, readHolders, readMeetings } from './meeting'
import { resultOf, type Result } from './result'
import type { Ask } from './rpc'
import { recoverNow } from './signatures'
import { recoverAll, type Recover } from './signing'

export interface Report {
  ok: boolean
  checks: Check[]
  result: Result
}
export interface Wishes {
  /** The one meeting to report; all of them without it. */
  meeting?: number
  /** Told how far it is; may throw to end it. */
  progress?: Progress
  /** Recovers signers in some other way than here and now. */
  recover?: Recover
}

/** The report, and what it was made from. */
export interface Examined {
  report: Report
  community: Community
  /** The contract that holds each meeting from 1 on, as the registry answers; nothing without an answer. */
  holders: unknown[] | undefined
  /** The meetings asked about, as far as they could be recounted at all. */
  recounted: Recounted[]
}

/** Check everything. Rejects only when the node does not answer at all, or when `progress` throws. */
export const verify = async (node: Ask, registry: string, wishes: Wishes = {}): Promise<Report> =>
  (await examine(node, registry, wishes)).report

/** Check everything, and keep what was found on the way. Rejects as `verify`. */
export async function examine(node: Ask, registry: string, wishes: Wishes = {}): Promise<Examined> {
  const { meeting, progress = () => {} } = wishes
  const recover =
    wishes.recover ??
    ((signed) => Promise.resolve(recoverNow(signed, (done, total) => progress('signatures', done, total))))
  const chain = await Chain.open(node, progress)
  const community = await readCommunity(chain, asAddress(registry))
  const told = meetingsIn(community)
  const meetings = await readMeetings(community, told, meeting)
  const holders = await readHolders(community)
  const findings = new Findings()
  const history = followRegistry(community, findings)
  const answers = await readAnswered(community, history)
  const signatures = await recoverAll(community, meetings, recover, (done, total) =>
    progress('proofs', done, total),
  )
  progress('checks', 0, 1)
  findings.make(['chain.continuity'], () => checkContinuity(community, findings))
  findings.make(['contracts.links'], () => checkLinks(community, findings))
  findings.make(['contracts.code'], () => checkCode(community, findings))
  findings.make(['roles.separation'], () => checkRoles(community, findings))
  findings.make(['registry.possession'], () =>
    checkPossession(signatures.proofs, signatures.possessed, findings),
  )
  findings.make(['registry.key-change'], () => checkAnswered(history, answers, findings))
  findings.make(['meeting.lifecycle'], () => checkNumbers(community, told, holders, meeting, findings))
  const recounted = checkMeetings(community, meetings, history.keys, signatures, findings)
  const checks = findings.checks(meetings.some(({ secret }) => secret))
  progress('checks', 1, 1)
  const results = recounted.map(({ result }) => result)
  const report = { ok: checks.every(({ ok }) => ok), checks, result: resultOf(community, results) }
  return { report, community, holders, recounted }
}
