import { describe, expect, it } from 'vitest'
import { chosenLines, takesObjections, type PublishedRoll } from '@/owner/composables/usePublishedRoll'

const roll = (changes: Partial<PublishedRoll>): PublishedRoll => ({
  ...{ state: 'notice', scope: '*', parking: false, storerooms: false, agrees: true, lines: [] },
  ...{ published_at: 100, objections_until: 200, sealed_at: null, on_chain: { area: 0, heads: 0 } },
  ...changes,
})

describe('a published roll', () => {
  it('takes objections from its publication to its seal', () => {
    expect(takesObjections(roll({}))).toBe(true)
    expect(takesObjections(roll({ published_at: null }))).toBe(false)
    expect(takesObjections(roll({ sealed_at: 150 }))).toBe(false)
    expect(takesObjections(roll({ state: 'lapsed' }))).toBe(false)
  })

  it('finds lines of a building by the beginning of their number', () => {
    const line = (building: string, number: string) => ({ building, entrance: '1', number, area: 1 })
    const lines = [line('1', '101'), line('1', 'A-1'), line('2', '101')]
    expect(chosenLines(lines, '1', '')).toHaveLength(2)
    expect(chosenLines(lines, '1', ' a')).toEqual([lines[1]])
  })
})
