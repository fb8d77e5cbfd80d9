/** One meeting: its events, and what the contract answers about it. */
import type { Hex } from 'viem'
import { ask, eventsOf, type Community } from './community'
import type { Convening, Motion, MotionDecision, Summary } from './events'
import { is, type Log } from './logs'

export interface Meeting {
  id: bigint
  /** `undefined` when the node shows acts of a meeting that nobody convened. */
  convened: Log<'MeetingConvened'> | undefined
  convening: Convening
  /** All events of this meeting, the convening too. */
  logs: Log[]
  summary: Summary | undefined
  motions: (Motion | undefined)[]
  decisions: (MotionDecision | undefined)[]
}

const NO_HASH: Hex = `0x${'0'.repeat(64)}`
/** What is known of a meeting that was never convened: no motion, and no time in which to vote. */
const NOTHING: Convening = {
  ...{ scopeHash: NO_HASH, motions: [], documents: [], opensAt: 0n, closesAt: 0n },
  rules: { rulesHash: NO_HASH, noticePeriod: 0, rollPeriod: 0, paperPeriod: 0, objectionPeriod: 0 },
}

/** A community that claims to have held more meetings is not believed. */
const MOST_MEETINGS = 10_000n

/** The contract that holds each meeting from 1 on, as the registry answers; nothing without an answer. */
export async function readHolders({ chain, registry }: Community): Promise<unknown[] | undefined> {
  const [count] = await ask(chain, registry, 'OwnerRegistry', [['meetingCount']])
  if (typeof count !== 'bigint' || count > MOST_MEETINGS) return undefined
  const questions = Array.from({ length: Number(count) }, (_, at): [string, bigint] => [
    'meetingContractOf',
    BigInt(at + 1),
  ])
  const holders = await ask(chain, registry, 'OwnerRegistry', questions)
  return holders.every((one) => one !== undefined) ? holders : undefined
}

/** Every meeting that an event names; asks the contract about each, or about the one wanted. */
export async function readMeetings(community: Community, only: number | undefined): Promise<Meeting[]> {
  const byMeeting = new Map<bigint, Log[]>()
  for (const log of community.logs) {
    const id = log.contract === 'OpenMeeting' ? (log.args as { meeting?: bigint }).meeting : undefined
    if (id === undefined || (only !== undefined && id !== BigInt(only))) continue
    const held = byMeeting.get(id)
    if (held) held.push(log)
    else byMeeting.set(id, [log])
  }
  const ids = [...byMeeting.keys()].sort((a, b) => (a < b ? -1 : 1))
  const found: Meeting[] = []
  for (const id of ids) found.push(await readMeeting(community, id, byMeeting.get(id)!))
  return found
}

async function readMeeting({ chain, links }: Community, id: bigint, logs: Log[]): Promise<Meeting> {
  const convened = eventsOf(logs, 'MeetingConvened')[0]
  const convening = convened?.args.convening ?? NOTHING
  const count = convening.motions.length
  const each = (name: string) =>
    convening.motions.map((_, at): [string, bigint, bigint] => [name, id, BigInt(at)])
  const [summary, ...answers] = await ask(chain, links.openMeeting, 'OpenMeeting', [
    ['summaryOf', id],
    ...each('motionOf'),
    ...each('decisionOf'),
  ])
  return {
    ...{ id, convened, convening, logs },
    summary: summary as Summary | undefined,
    motions: answers.slice(0, count) as (Motion | undefined)[],
    decisions: answers.slice(count) as (MotionDecision | undefined)[],
  }
}

/** When voting closes, by the extensions announced before the event with this order. */
export function closesAt(meeting: Meeting, order = Infinity): bigint {
  const extensions = eventsOf(meeting.logs, 'MeetingExtended').filter((log) => log.order < order)
  return extensions.at(-1)?.args.closesAt ?? meeting.convening.closesAt
}

/** The frozen hash that ballots name. */
export const conveneHashOf = ({ convened }: Meeting): Hex => convened?.args.conveneHash ?? NO_HASH

/** The event that sealed the roll. */
export const sealOf = (meeting: Meeting): Log<'RollSealed'> | undefined =>
  meeting.logs.find((log): log is Log<'RollSealed'> => is(log, 'RollSealed'))

/** A number of a meeting as findings tell it. */
export const named = (meeting: Meeting) => ({ meeting: `${meeting.id}` })
