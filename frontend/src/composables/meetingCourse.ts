/** The course of a meeting as a line of steps with their times; pure. */
import type { Meeting } from '@/api/types'
import type { LineStep } from '@/components/stepLine'

export type CourseStep =
  | 'convened'
  | 'consented'
  | 'roll'
  | 'keys'
  | 'opens'
  | 'closes'
  | 'declared'
  | 'objections'
  | 'final'
  | 'lapsed'
  | 'void'

/** `at`: when it was or will be, UTC seconds; `sure` when that cannot move any more or is frozen. */
export interface CourseLine {
  step: CourseStep
  state: LineStep['state']
  at?: number
  sure: boolean
}

/** How many of the steps are behind a meeting in its state; it stands at the next one. A secret one has a step more. */
function behind(meeting: Meeting): number {
  const done = behindOpen(meeting)
  const early = done < 3 || (done === 3 && !meeting.keys)
  return meeting.ballots === 'secret' && !early ? done + 1 : done
}

/** As `behind`, of the eight steps of an open meeting. */
function behindOpen({ state, course, chain_time, objections_end_at }: Meeting): number {
  if (state === 'convened') return 1
  if (state === 'notice') return course.roll_sealed_at === null ? 2 : 3
  if (state === 'open') return 4
  if (state === 'closed') return 5
  if (state === 'declared') return chain_time < (objections_end_at ?? Infinity) ? 6 : 7
  return 8
}

/** All steps of a meeting; one that lapsed or was voided ends there. */
export function meetingCourse(meeting: Meeting): CourseLine[] {
  const { course, closes_at, convening } = meeting
  const declares = closes_at + convening.rules.paper_period
  const ends = meeting.objections_end_at ?? declares + convening.rules.objection_period
  const keys: [CourseStep, null, undefined] = ['keys', null, undefined]
  const times: [CourseStep, number | null, number | undefined][] = [
    ['convened', course.convened_at, undefined],
    ['consented', course.consented_at, undefined],
    ['roll', course.roll_published_at, undefined],
    ...(meeting.ballots === 'secret' ? [keys] : []),
    ['opens', meeting.opens_at, undefined],
    ['closes', closes_at, undefined],
    ['declared', course.declared_at, declares],
    ['objections', meeting.objections_end_at, ends],
    ['final', course.final_at, ends],
  ]
  if (meeting.state === 'lapsed' || meeting.state === 'void') return ended(meeting, times)
  const done = behind(meeting)
  return times.map(([step, known, expected], index) => ({
    step,
    state: index < done ? 'done' : index === done ? 'now' : 'next',
    at: known ?? expected,
    sure: known !== null,
  }))
}

/** What had happened by then, and the end. */
function ended(meeting: Meeting, times: [CourseStep, number | null, number | undefined][]): CourseLine[] {
  const end = meeting.state === 'void' ? meeting.course.void_at : meeting.opens_at
  const before = times
    .filter(([, at]) => at !== null && end !== null && at < end)
    .map(([step, at]): CourseLine => ({ step, state: 'done', at: at!, sure: true }))
  return [
    ...before,
    { step: meeting.state as 'void' | 'lapsed', state: 'ended', at: end ?? undefined, sure: true },
  ]
}
