/** meeting.lifecycle: every step came in order and in its time, and the contract says the same. */
import { timeOf, type Community } from '../community'
import type { Convening } from '../events'
import type { Findings, Words } from '../findings'
import { is, place, type Log } from '../logs'
import { addressOf, closesAt, named, type Meeting } from '../meeting'

const ID = 'meeting.lifecycle'
const DAY = 86_400n
export const STATES = [
  ...['none', 'convened', 'notice', 'open', 'closed', 'declared', 'final', 'lapsed', 'void'],
] as const

/** A state as findings tell it: a text of its own. */
const stateWords = (state: (typeof STATES)[number]): Words => ({ key: `verifyCheck.state.${state}` })

/** What has happened to a meeting so far. */
interface Steps {
  consented?: bigint
  /** The meeting is secret, and its keys were not adopted. */
  keyless: boolean
  seen: Set<string>
  published?: bigint
  sealed?: bigint
  declared?: bigint
  objectionsEnd?: bigint
  raised: number
  answered: number
  final: boolean
  void: boolean
}

/** All that has to happen before the opening. */
const isReady = ({ consented, sealed, keyless }: Steps): boolean =>
  consented !== undefined && sealed !== undefined && !keyless

/** The state that follows from what happened and from the time. */
function stateAt(steps: Steps, opens: bigint, closes: bigint, time: bigint): (typeof STATES)[number] {
  if (steps.void) return 'void'
  if (steps.final) return 'final'
  if (steps.declared !== undefined) return 'declared'
  if (time < opens) return steps.consented !== undefined ? 'notice' : 'convened'
  if (!isReady(steps)) return 'lapsed'
  return time < closes ? 'open' : 'closed'
}

/** States in which each step may be taken. */
const ALLOWED: Partial<Record<Log['name'], string[]>> = {
  ConsentGiven: ['convened'],
  // When the roll may be published is for roll.period.
  RollPublished: ['convened', 'notice', 'open', 'closed', 'declared', 'lapsed'],
  RollSealed: ['notice'],
  MeetingExtended: ['convened', 'notice', 'open'],
  KeysAdopted: ['notice'],
  BallotsSealed: ['closed'],
  ResultDeclared: ['closed'],
  ObjectionRaised: ['declared'],
  ObjectionAnswered: ['declared'],
  ResultFinal: ['declared'],
  MeetingVoided: ['convened', 'notice', 'open', 'closed', 'declared', 'lapsed'],
}

/** Steps whose state alone does not keep them from being taken twice. */
const ONCE: string[] = ['RollSealed', 'KeysAdopted', 'BallotsSealed']

export function checkLifecycle(community: Community, meeting: Meeting, findings: Findings): void {
  const { convening, convened, logs } = meeting
  const steps: Steps = {
    ...{ raised: 0, answered: 0, final: false, void: false },
    ...{ keyless: meeting.contract === 'SecretMeeting', seen: new Set<string>() },
  }
  const convenable = convened && isConvenable(convening, timeOf(community, convened))
  findings.require(convenable === true, ID, 'convenedAgainstRules', named(meeting))
  for (const log of logs) {
    if (log.order === convened?.order) continue
    const time = timeOf(community, log)
    const state = stateAt(steps, convening.opensAt, closesAt(meeting, log.order), time)
    const isBallot = is(log, 'BallotsCast') || is(log, 'BallotSkipped')
    // The time of voting is for ballot.window; here it is the steps before it.
    const allowed = isBallot
      ? isReady(steps) && !steps.void && steps.declared === undefined
      : (ALLOWED[log.name]?.includes(state) ?? false) &&
        !(ONCE.includes(log.name) && steps.seen.has(log.name))
    const where = { ...named(meeting), event: log.name, where: place(log), state: stateWords(state) }
    findings.require(allowed && isTimely(log, meeting, steps, time), ID, 'stepOutOfOrder', where)
    take(steps, log, time)
  }
  compare(community, meeting, steps, findings)
}

function isConvenable({ motions, opensAt, closesAt: closes, rules }: Convening, time: bigint): boolean {
  const notice = BigInt(rules.noticePeriod)
  const caps = new Map<number, number>()
  return (
    notice >= 15n * DAY &&
    opensAt >= time + notice &&
    closes >= opensAt + 5n * DAY &&
    closes <= opensAt + 60n * DAY &&
    motions.length >= 1 &&
    motions.length <= 32 &&
    motions.every(({ matter, group, cap }) => {
      const agreed = caps.get(group) ?? cap
      caps.set(group, cap)
      return matter >= 1 && matter <= 9 && agreed === cap && (group === 0) === (cap === 0)
    })
  )
}

/** What a step asks of the time and of the steps before it, beyond the state. */
function isTimely(log: Log, meeting: Meeting, steps: Steps, time: bigint): boolean {
  const { opensAt, rules } = meeting.convening
  const closes = closesAt(meeting, log.order)
  if (is(log, 'ConsentGiven')) return time + BigInt(rules.noticePeriod) <= opensAt
  if (is(log, 'MeetingExtended'))
    return log.args.closesAt > closes && log.args.closesAt <= opensAt + 60n * DAY
  if (is(log, 'KeysAdopted')) return steps.sealed !== undefined
  if (is(log, 'BallotsSealed')) return time >= closes + BigInt(rules.paperPeriod)
  if (is(log, 'ResultDeclared')) {
    const end = time + BigInt(rules.objectionPeriod)
    return time >= closes + BigInt(rules.paperPeriod) && log.args.objectionsEndAt === end
  }
  return true
}

function take(steps: Steps, log: Log, time: bigint): void {
  steps.seen.add(log.name)
  if (is(log, 'KeysAdopted')) steps.keyless = false
  if (is(log, 'ConsentGiven')) steps.consented ??= time
  else if (is(log, 'RollPublished')) steps.published = time
  else if (is(log, 'RollSealed')) steps.sealed ??= time
  else if (is(log, 'ResultDeclared')) {
    steps.declared ??= time
    steps.objectionsEnd ??= log.args.objectionsEndAt
  } else if (is(log, 'ObjectionRaised')) steps.raised += 1
  else if (is(log, 'ObjectionAnswered')) steps.answered += 1
  else if (is(log, 'ResultFinal')) steps.final = true
  else if (is(log, 'MeetingVoided')) steps.void = true
}

/** States that an event brings; the others come with chain time, which nodes give to calls differently. */
const reached = (state: string | undefined) =>
  ['declared', 'final', 'void'].includes(state ?? '') ? state : ''

/** The contract's own answers at the last block, to be compared and never to be believed. */
function compare(community: Community, meeting: Meeting, steps: Steps, findings: Findings): void {
  const { convening, logs, summary } = meeting
  const closes = closesAt(meeting)
  const now = timeOf(community, { block: community.last })
  const state = stateAt(steps, convening.opensAt, closes, now)
  findings.saw(ID, 'life', { ...named(meeting), events: logs.length, state: stateWords(state) })
  if (!findings.require(summary !== undefined, ID, 'noSummary', named(meeting))) return
  const { rules } = convening
  const pairs: [string, unknown, unknown][] = [
    ['state', reached(STATES[summary!.state]), reached(state)],
    ['opensAt', summary!.opensAt, convening.opensAt],
    ['closesAt', summary!.closesAt, closes],
    ['consentedAt', summary!.consentedAt, steps.consented ?? 0n],
    ['rollPublishedAt', summary!.rollPublishedAt, steps.published ?? 0n],
    ['rollSealedAt', summary!.rollSealedAt, steps.sealed ?? 0n],
    ['declaredAt', summary!.declaredAt, steps.declared ?? 0n],
    ['objectionsEndAt', summary!.objectionsEndAt, steps.objectionsEnd ?? 0n],
    ['openObjections', summary!.openObjections, steps.raised - steps.answered],
    ['motions', summary!.motions, convening.motions.length],
    ...(Object.keys(rules) as (keyof typeof rules)[]).map((field): [string, unknown, unknown] => [
      field,
      summary!.rules[field],
      rules[field],
    ]),
  ]
  for (const [field, answered, expected] of pairs)
    findings.require(answered === expected, ID, 'answeredOtherwise', { ...named(meeting), field })
}

/** No meeting is hidden, convened twice, acted in without being convened, or held by another contract. */
export function checkNumbers(
  community: Community,
  told: Pick<Meeting, 'id' | 'contract' | 'logs' | 'strays'>[],
  holders: unknown[] | undefined,
  only: number | undefined,
  findings: Findings,
): void {
  const complete =
    holders?.length === told.length &&
    told.every(
      ({ id, contract }, at) =>
        id === BigInt(at + 1) && holders[at] === (addressOf(community.links, contract) ?? ''),
    )
  findings.require(complete, ID, 'meetingsHidden', { shown: told.length })
  const chosen = told.filter(({ id }) => only === undefined || id === BigInt(only))
  for (const { id, logs, strays } of chosen) {
    if (!logs.some((log) => is(log, 'MeetingConvened')))
      for (const log of logs)
        findings.fault(ID, 'eventWithoutMeeting', { event: log.name, where: place(log) })
    for (const log of strays)
      findings.fault(ID, 'strayEvent', { meeting: `${id}`, event: log.name, where: place(log) })
  }
  findings.require(only === undefined || chosen.length > 0, ID, 'noSuchMeeting', { meeting: only ?? 0 })
  if (!told.length) findings.saw(ID, 'noMeetings')
}
