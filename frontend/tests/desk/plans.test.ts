/** The pure parts of preparing a meeting. */
import { describe, expect, it } from 'vitest'
import { textHash } from '@/chain/eip712'
import { statementHash } from '@/chain/statement'
import type { Building, PlanContent, PlanMotion } from '@/desk/api/meetingsApi'
import {
  DAY,
  fromField,
  morningAfter,
  suggestedTimes,
  toField,
} from '@/desk/composables/meetings/beijingTime'
import { mediaTypeOf, problemOfFile, toBase64 } from '@/desk/composables/meetings/documentType'
import { expectedConvening, rollTotals, scopeHash } from '@/desk/composables/meetings/frozen'
import {
  addCandidate,
  blocksOf,
  hasBlank,
  majorityOf,
  moveBlock,
  removeMotion,
} from '@/desk/composables/meetings/planMotions'
import { findingsOf, planStep, stepOfField } from '@/desk/composables/meetings/planSteps'
import { chosenOf, toggleBuilding, toggleEntrance } from '@/desk/composables/meetings/scopeText'

const weight = { heads: 1, area: 100 }
const building = (name: string, ...doors: string[]): Building => ({
  name,
  weight,
  entrances: doors.map((door) => ({ name: door, weight })),
})
const motion = (title: string, group = 0, cap = 0): PlanMotion => ({ matter: 3, group, cap, title, text: '' })

describe('the scope', () => {
  const [one, two, ten] = [building('1', '1', '2'), building('2', '1', '2'), building('10')]

  it('is written in code point order, as its hash asks', () => {
    expect(toggleBuilding(toggleBuilding(toggleBuilding('', two), ten), one)).toBe('1,10,2')
    expect(toggleBuilding(toggleBuilding('', building('𠮷')), building('甲'))).toBe('甲,𠮷')
    expect(toggleBuilding(toggleBuilding('', building('𠮷')), building('﹅'))).toBe('﹅,𠮷')
  })

  it('is a building when all its entrances are in, and no more', () => {
    const half = toggleEntrance('', one, '2')
    expect([half, chosenOf(half, one)]).toEqual(['1/2', 'some'])
    expect(toggleEntrance(half, one, '1')).toBe('1')
    expect(toggleEntrance('1', one, '1')).toBe('1/2')
    expect(toggleBuilding('1,10', one)).toBe('10')
    expect(chosenOf('10', one)).toBe('none')
  })
})

describe('motions', () => {
  const motions = [motion('a'), motion('x', 1, 2), motion('b'), motion('y', 1, 2)]

  it('stand in blocks: a group together, whatever lies between', () => {
    expect(blocksOf(motions).map(({ at }) => at)).toEqual([[0], [1, 3], [2]])
    expect(moveBlock(motions, 0, 1).map(({ title }) => title)).toEqual(['x', 'y', 'a', 'b'])
    expect(moveBlock(motions, 0, -1)).toEqual(motions)
  })

  it('keep one cap a group, never above the candidates left', () => {
    expect(addCandidate(motions, 1, motion('z')).map(({ cap }) => cap)).toEqual([0, 2, 0, 2, 2])
    expect(removeMotion(motions, 3).map(({ cap }) => cap)).toEqual([0, 1, 0])
    expect(addCandidate([motion('a')], 4, motion('z'))[1]).toMatchObject({ group: 4, cap: 1, title: 'z' })
  })

  it('need three quarters in matters 6, 7 and 8 only', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9].filter((matter) => majorityOf(matter) === 'special')).toEqual([
      6, 7, 8,
    ])
  })

  it('are not finished while a template blank is left', () => {
    expect(hasBlank({ title: '使用〔金额〕元', text: '' })).toBe(true)
    expect(hasBlank({ title: '使用 3 万元', text: '依建房〔2009〕274 号（含税）' })).toBe(false)
  })
})

describe('dates', () => {
  it('are Beijing time in fields, whatever this device is set to', () => {
    const seconds = Date.UTC(2026, 10, 23, 1, 0) / 1000
    expect(toField(seconds)).toBe('2026-11-23T09:00')
    expect(fromField('2026-11-23T09:00')).toBe(seconds)
    expect([fromField(''), toField(null)]).toEqual([null, ''])
  })

  it('are suggested at nine in the morning, a day or two after the earliest', () => {
    for (const hour of [0, 1, 2, 12, 23]) {
      const earliest = Date.UTC(2026, 10, 23, hour) / 1000
      const { opens_at, closes_at } = suggestedTimes({ earliest_opening: earliest })
      expect(toField(opens_at)).toMatch(/T09:00$/)
      expect(opens_at - earliest).toBeGreaterThanOrEqual(DAY)
      expect(opens_at - earliest).toBeLessThan(2 * DAY)
      expect(closes_at - opens_at).toBe(10 * DAY)
    }
    expect(toField(morningAfter(fromField('2026-11-23T09:00')!))).toBe('2026-11-24T09:00')
  })
})

describe('steps', () => {
  it('know their fields, and a wrong name leads to the first', () => {
    expect(stepOfField('motions.3.title')).toBe('motions')
    expect([stepOfField('opens_at'), stepOfField('title'), stepOfField('rules.roll_period')]).toEqual([
      'dates',
      'scope',
      'rules',
    ])
    expect(planStep('nowhere')).toBe('scope')
    const findings = [{ field: 'title', code: '', text: '', values: {} }]
    expect([findingsOf('scope', findings), findingsOf('dates', findings)]).toEqual([findings, []])
    expect(findingsOf('sign', findings)).toEqual(findings)
  })
})

describe('what is frozen', () => {
  const rules = { notice_period: 1, roll_period: 2, paper_period: 3, objection_period: 4 }
  const content: PlanContent = {
    title: '会议 ',
    notice: '公告',
    scope: '*',
    motions: [motion('续聘')],
    opens_at: 5,
    closes_at: 6,
    rules,
    ballots: 'open',
    step: 'sign',
  }

  it('is computed from the page: the notice is the first document', () => {
    const hash = `0x${'11'.repeat(32)}` as const
    const document = { id: 1, name: '预算.pdf', media_type: 'application/pdf', size: 1, hash }
    expect(expectedConvening(content, [document])).toMatchObject({
      name: 'convene',
      args: {
        convening: {
          scopeHash: scopeHash('*'),
          documents: [textHash('会议', '公告'), hash],
          motions: [{ textHash: textHash('续聘', '') }],
          rules: { noticePeriod: 1, objectionPeriod: 4 },
        },
      },
    })
  })

  it('adds up a roll from the words of its calls', () => {
    const words = [8935n << 32n, (100n << 224n) | 7n]
    const calls = [{ name: 'publishRoll' as const, contract: 'openMeeting' as const, args: { words } }]
    expect(rollTotals([...calls, ...calls])).toEqual({ heads: 6, area: 2 * (8935 + 100 + 7) })
  })

  it('hashes a text in NFC with its salt', () => {
    expect(statementHash('Cafe\u0301', 'ab')).toBe(statementHash('Café', 'ab'))
    expect(statementHash('a', 'ab')).not.toBe(statementHash('a', 'ac'))
  })
})

describe('documents', () => {
  it('are taken by type and size before they are sent', () => {
    expect(mediaTypeOf('预算.PDF')).toBe('application/pdf')
    expect(problemOfFile({ name: 'a.exe', size: 1 })).toBe('wrongType')
    expect(problemOfFile({ name: 'a.md', size: 0 })).toBe('empty')
    expect(problemOfFile({ name: 'a.md', size: 8 * 1024 * 1024 + 1 })).toBe('tooLarge')
    expect(problemOfFile({ name: 'a.md', size: 8 * 1024 * 1024 })).toBeUndefined()
  })

  it('go out as base64, however large', () => {
    const bytes = new Uint8Array(100_000).map((_, at) => at % 251)
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
  })
})
