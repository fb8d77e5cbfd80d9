import { describe, expect, it } from 'vitest'
import type { Meeting, Result } from '@/api/types'
import { decisionsOf } from '@/desk/composables/meetings/meetingRecord'

const MEETING = { convening: { motions: [{ position: 0, title: '更换门禁系统' }] } } as unknown as Meeting
const COUNTED = {
  position: 0,
  in_favour: { heads: 31, area: 305_552 },
  against: { heads: 14, area: 144_552 },
  abstained: { heads: 3, area: 42_024 },
  in_favour_area: null,
  against_area: null,
  passed: true,
  rank: null,
}
const decided = (more: object) =>
  decisionsOf(MEETING, { motions: [{ ...COUNTED, ...more }] } as unknown as Result)[0]

describe("a motion's sums in the record", () => {
  it('are exact in an open meeting, and nothing before the result', () => {
    expect(decided({})).toMatchObject({
      in_favour: { heads: 31, area: 305_552 },
      abstained: { heads: 3, area: 42_024 },
    })
    expect(decisionsOf(MEETING)[0]).toMatchObject({ in_favour: null, against: null, abstained: null })
  })

  it('are bounds where a secret meeting opened no more: the lower end is not said to be the area', () => {
    const bounds = { lower: 305_552, upper: 310_000 }
    expect(
      decided({ in_favour_area: bounds, against_area: { lower: 144_552, upper: 149_000 } }),
    ).toMatchObject({
      in_favour: { heads: 31, area: bounds },
      against: { heads: 14, area: { lower: 144_552, upper: 149_000 } },
      abstained: { heads: 3, area: null },
    })
  })
})
