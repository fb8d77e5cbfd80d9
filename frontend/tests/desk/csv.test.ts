import { describe, expect, it } from 'vitest'
import { csvText } from '@/desk/csv'

describe('tables as files', () => {
  it('quotes what would break a row', () => {
    expect(
      csvText([
        ['a', 'b,c'],
        ['d"e', 'f\ng'],
      ]),
    ).toBe('a,"b,c"\r\n"d""e","f\ng"\r\n')
  })

  it.each(['=1+1', '+1', '-1', '@A1', '\tx'])('never hands %j to a spreadsheet as a formula', (cell) => {
    expect(
      csvText([[cell]])
        .replace(/^"/, '')
        .startsWith("'"),
    ).toBe(true)
  })

  it('leaves numbers and the lone dash of the roll as they are', () => {
    expect(csvText([[-5, '-', 101]])).toBe('-5,-,101\r\n')
  })
})
