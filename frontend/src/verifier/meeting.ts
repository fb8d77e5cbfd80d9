/** One meeting: its events, and what the contract answers about it. */
import { ask, eventsOf, type Community } from './community'
import type { Convening, Motion, MotionDecision, Summary } from './events'
import { is, type Log } from './logs'

export interface Meeting {
  id: bigint
  convened: Log<'MeetingConvened'>
  convening: Convening
  /** All events of this meeting, the convening too. */
  logs: Log[]
  summary: Summary | undefined
  motions: (Motion | undefined)[]
  decisions: (MotionDecision | undefined)[]
}

/** Number of the meeting an event is of. */
export function meetingOf(log: Log): bigint | undefined {
  return log.contract === 'OpenMeeting' ? (log.args as { meeting?: bigint }).meeting : undefined
}

/** Meetings as their first convening says; asks the contract about each. */
export async function readMeetings(community: Community, only: number | undefined): Promise<Meeting[]> {
  const { chain, links, logs } = community
  const byMeeting = new Map<bigint, Log[]>()
  for (const log of logs) {
    const id = meetingOf(log)
    if (id === undefined) continue
    const held = byMeeting.get(id)
    if (held) held.push(log)
    else byMeeting.set(id, [log])
  }
  const found: Meeting[] = []
  for (const [id, own] of [...byMeeting].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const convened = eventsOf(own, 'MeetingConvened')[0]
    if (!convened || (only !== undefined && id !== BigInt(only))) continue
    const { convening } = convened.args
    const numbers = convening.motions.map((_, at) => BigInt(at))
    const count = numbers.length
    const answers = await ask(chain, links.openMeeting, 'OpenMeeting', [
      ['summaryOf', id],
      ...numbers.map((motion): [string, bigint, bigint] => ['motionOf', id, motion]),
      ...numbers.map((motion): [string, bigint, bigint] => ['decisionOf', id, motion]),
    ])
    found.push({
      ...{ id, convened, convening, logs: own },
      summary: answers[0] as Summary | undefined,
      motions: answers.slice(1, 1 + count) as (Motion | undefined)[],
      decisions: answers.slice(1 + count) as (MotionDecision | undefined)[],
    })
  }
  return found
}

/** When voting closes, by the extensions announced before the event with this order. */
export function closesAt(meeting: Meeting, order = Infinity): bigint {
  const extensions = eventsOf(meeting.logs, 'MeetingExtended').filter((log) => log.order < order)
  return extensions.at(-1)?.args.closesAt ?? meeting.convening.closesAt
}

/** The event that sealed the roll. */
export const sealOf = (meeting: Meeting): Log<'RollSealed'> | undefined =>
  meeting.logs.find((log): log is Log<'RollSealed'> => is(log, 'RollSealed'))

/** A number of a meeting as findings tell it. */
export const named = (meeting: Meeting) => ({ meeting: `${meeting.id}` })
