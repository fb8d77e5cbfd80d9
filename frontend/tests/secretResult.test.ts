import { createApp } from 'vue'
import { describe, expect, it } from 'vitest'
import type { MotionResult } from '@/api/types'
import { addLanguage, createTexts } from '@/i18n'
import MotionOutcome from '@/owner/components/MotionOutcome.vue'

const PART = { area: 6_865_410, heads: 496 }
const BOUNDED: MotionResult = {
  position: 0,
  title: '修订业主大会议事规则',
  majority: 'ordinary',
  passed: true,
  rank: null,
  in_favour: { area: 5_581_606, heads: 398 },
  against: { area: 838_606, heads: 71 },
  abstained: { area: 445_198, heads: 27 },
  in_favour_area: { lower: 5_581_606, upper: 5_710_804 },
  against_area: { lower: 838_606, upper: 967_804 },
}

/** What the card of a motion's outcome says, in Chinese. */
async function said(motion: MotionResult, quorum: boolean): Promise<HTMLElement> {
  const texts = createTexts()
  texts.global.locale.value = 'zh-CN'
  await addLanguage(texts.global, 'zh-CN')
  const place = document.createElement('div')
  createApp(MotionOutcome, { motion, part: PART, quorum }).use(texts).mount(place)
  return place
}

describe('the outcome of a secret motion', () => {
  it('gives areas by their bounds and keeps what abstained owners own to itself', async () => {
    const words = (await said(BOUNDED, true)).textContent!
    expect(words).toContain('55,816.06 至 57,108.04')
    expect(words).toContain('8,386.06 至 9,678.04')
    expect(words).toContain('同意 81.3% 至 83.2%')
    expect(words).toContain('12.2% 至 14.1%')
    expect(words).toContain('不公布')
    expect(words).not.toContain('4,451.98')
  })

  it('gives one figure where the exact area was opened', async () => {
    const exact = { lower: 3_500_000, upper: 3_500_000 }
    const words = (await said({ ...BOUNDED, in_favour_area: exact }, true)).textContent!
    expect(words).toContain('35,000.00')
    expect(words).not.toContain('35,000.00 至')
    expect(words).toContain('同意 50.98%')
  })

  it('shows no figures at all where the quorum was missed: nothing was opened', async () => {
    const place = await said({ ...BOUNDED, passed: false }, false)
    expect(place.querySelector('[data-test=never-opened]')).not.toBeNull()
    expect(place.querySelector('table')).toBeNull()
    expect(place.querySelector('[data-test=bar]')).toBeNull()
  })

  it('gives an open motion its exact figures, those of abstentions too', async () => {
    const open = { ...BOUNDED, in_favour_area: null, against_area: null }
    const words = (await said(open, true)).textContent!
    expect(words).toContain('4,451.98')
    expect(words).not.toContain(' 至 ')
  })
})
