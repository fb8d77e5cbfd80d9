import { describe, expect, it } from 'vitest'
import type { Meeting, MeetingState, VoterLine } from '@/api/types'
import { meetingCourse } from '@/composables/meetingCourse'
import { votingAnswer, type VotingFacts } from '@/owner/composables/votingAnswer'
import en from '@/locales/en/owner.json'
import zh from '@/locales/zh-CN/owner.json'

const DAY = 86_400
const meeting = (state: MeetingState, more: object = {}) =>
  ({
    state,
    scope: '*',
    chain_time: 100 * DAY,
    opens_at: 99 * DAY,
    closes_at: 109 * DAY,
    intake_closes_at: 109 * DAY - 120,
    objections_end_at: null,
    roll: { area: 1_000, heads: 10 },
    convening: { rules: { paper_period: 0, objection_period: 7 * DAY } },
    course: {
      convened_at: 80 * DAY,
      consented_at: 81 * DAY,
      roll_published_at: 82 * DAY,
      roll_sealed_at: 90 * DAY,
      declared_at: null,
      final_at: null,
      void_at: null,
    },
    ...more,
  }) as unknown as Meeting
const line = (area: number, ballot: VoterLine['ballot'] = 'none'): VoterLine => ({ area, ballot })
const facts = (changes: Partial<VotingFacts>): VotingFacts => ({
  meeting: meeting('open'),
  standing: 'ready',
  line: line(8935),
  ...changes,
})

describe('why an owner cannot vote', () => {
  it.each<[string, Partial<VotingFacts>]>([
    ['open', {}],
    ['open', { line: undefined }],
    ['open', { ballot: { state: 'refused' } }],
    ['voted', { ballot: { state: 'kept' }, line: line(8935, 'recorded') }],
    ['voted', { meeting: meeting('final'), ballot: { state: 'final' } }],
    ['votedElsewhere', { line: line(8935, 'received') }],
    ['votedElsewhere', { standing: 'otherPhone', line: line(8935, 'recorded') }],
    ['early', { meeting: meeting('notice') }],
    ['early', { meeting: meeting('convened', { roll: { area: 0, heads: 0 } }), line: line(0) }],
    ['guest', { meeting: meeting('notice'), standing: 'guest', line: undefined }],
    ['closing', { meeting: meeting('open', { chain_time: 109 * DAY - 120 }) }],
    ['closed', { meeting: meeting('closed') }],
    ['counted', { meeting: meeting('declared') }],
    ['counted', { meeting: meeting('final'), standing: 'guest' }],
    ['lapsed', { meeting: meeting('lapsed'), standing: 'guest' }],
    ['void', { meeting: meeting('void'), ballot: { state: 'final' } }],
    ['notOnRoll', { line: line(0) }],
    ['outOfScope', { meeting: meeting('open', { scope: '3/1,4' }), line: line(0) }],
    ['needsKey', { standing: 'needsKey' }],
    ['registering', { standing: 'registering' }],
    ['refused', { standing: 'refused' }],
    ['otherPhone', { standing: 'otherPhone' }],
    ['changing', { standing: 'changing' }],
  ])('%s', (answer, changes) => {
    const found = votingAnswer(facts(changes))
    expect(found).toBe(answer)
    for (const texts of [zh, en]) expect(Object.keys(texts)).toContain(`why.${found}`)
  })
})

describe('course of a meeting', () => {
  const now = (state: MeetingState, more: object = {}) =>
    meetingCourse(meeting(state, more)).find((each) => each.state === 'now')?.step
  const course = meeting('open').course

  it.each<[string | undefined, MeetingState, object?]>([
    ['consented', 'convened'],
    ['roll', 'notice', { course: { ...course, roll_sealed_at: null } }],
    ['opens', 'notice'],
    ['closes', 'open'],
    ['declared', 'closed'],
    ['objections', 'declared', { objections_end_at: 101 * DAY }],
    ['final', 'declared', { objections_end_at: 100 * DAY }],
    [undefined, 'final'],
  ])('stands at %s when it is %s', (step, state, more) => {
    expect(now(state, more)).toBe(step)
  })

  it.each<[string | undefined, MeetingState, object?]>([
    ['roll', 'notice', { course: { ...course, roll_sealed_at: null } }],
    ['keys', 'notice'],
    ['opens', 'notice', { keys: {} }],
    ['closes', 'open', { keys: {} }],
    ['declared', 'closed', { keys: {} }],
    [undefined, 'final', { keys: {} }],
  ])('stands at %s when a secret one is %s, and waits for its keys before it opens', (step, state, more) => {
    expect(now(state, { ballots: 'secret', keys: null, ...more })).toBe(step)
    expect(meetingCourse(meeting(state)).some((line) => line.step === 'keys')).toBe(false)
  })

  it('tells the times to come as what they are: not before', () => {
    const steps = meetingCourse(meeting('open'))
    expect(steps.find(({ step }) => step === 'closes')).toMatchObject({ at: 109 * DAY, sure: true })
    expect(steps.find(({ step }) => step === 'final')).toMatchObject({ at: 116 * DAY, sure: false })
  })

  it('ends where it lapsed or was voided, with what had happened before', () => {
    const voided = meetingCourse(meeting('void', { course: { ...course, void_at: 100 * DAY } }))
    expect(voided.map(({ step }) => step)).toEqual(['convened', 'consented', 'roll', 'opens', 'void'])
    const lapsed = meetingCourse(meeting('lapsed', { course: { ...course, consented_at: null } }))
    expect(lapsed.map(({ step }) => step)).toEqual(['convened', 'roll', 'lapsed'])
    expect(lapsed.at(-1)).toMatchObject({ state: 'ended', at: 99 * DAY })
  })
})
