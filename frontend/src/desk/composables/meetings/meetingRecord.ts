/** The record filed with the street office: everything decided, its figures, and where anybody can check them. */
import type { Community, Meeting, MotionResult, Result, Statements, Weight } from '@/api/types'
import { isBounded } from '@/composables/outcome'
import type { Course } from '@/desk/api/meetingsApi'

type Choice = 'in_favour' | 'against' | 'abstained'

export interface RecordSource {
  community: Community
  meeting: Meeting
  course: Course
  statements: Statements
  result?: Result
}

/** The record as it is downloaded; areas in 0.01 m², times in UTC seconds. */
export function meetingRecord({ community, course, meeting, result, statements }: RecordSource) {
  const { convening } = meeting
  return {
    format: 'wanjia meeting record 1',
    units: { area: '0.01 m2', time: 'UTC seconds' },
    community: {
      name: community.name,
      district: community.district,
      address: community.address,
    },
    chain: community.chain,
    meeting: {
      number: meeting.meeting,
      title: meeting.title,
      notice: meeting.notice,
      scope: meeting.scope,
      ballots: meeting.ballots,
      contract: meeting.chain.contract,
      state: meeting.state,
      opens_at: meeting.opens_at,
      closes_at: meeting.closes_at,
      objections_end_at: meeting.objections_end_at,
      convene_hash: meeting.convene_hash,
      rules: convening.rules,
      documents: convening.documents.map(({ hash, name }) => ({ hash, name })),
    },
    roll: meeting.roll,
    decisions: decisionsOf(meeting, result),
    quorum: result?.quorum ?? null,
    took_part: result?.part ?? meeting.part,
    result_transaction: result?.transaction ?? null,
    statements,
    history: course.history,
    verify: verifyCommand(community),
  }
}

/** One line a motion: what was asked, by which majority, what came of it. */
export function decisionsOf(meeting: Meeting, result?: Result) {
  return meeting.convening.motions.map((motion) => {
    const counted = result?.motions.find(({ position }) => position === motion.position)
    return {
      number: motion.position + 1,
      matter: motion.matter,
      majority: motion.majority,
      group: motion.group,
      title: motion.title,
      text: motion.text,
      text_hash: motion.text_hash,
      ...sumsOf(counted),
      passed: counted?.passed ?? null,
      rank: counted?.rank ?? null,
    }
  })
}

/** Heads and area; of a secret meeting the bounds of an area, or nothing where it was not opened. */
export interface RecordedSum {
  heads: number
  area: number | { lower: number; upper: number } | null
}

function sumsOf(counted: MotionResult | undefined): Record<Choice, RecordedSum | null> {
  if (!counted) return { in_favour: null, against: null, abstained: null }
  const { abstained, against, against_area, in_favour, in_favour_area } = counted
  const known = ({ heads, area }: Weight, bounds: MotionResult['in_favour_area']): RecordedSum => ({
    heads,
    area: bounds && bounds.lower !== bounds.upper ? { lower: bounds.lower, upper: bounds.upper } : area,
  })
  return {
    in_favour: known(in_favour, in_favour_area),
    against: known(against, against_area),
    // what those who abstained own follows from the two others, where they are known exactly
    abstained: isBounded(counted) ? { heads: abstained.heads, area: null } : abstained,
  }
}

/** What anybody types to recount the meeting from the chain alone; NODE is any node of the chain. */
export const verifyCommand = ({ chain }: Pick<Community, 'chain'>): string =>
  `wanjia audit --rpc NODE --registry ${chain.registry}`
