import { describe, expect, it } from 'vitest'
import { sumsOfWords } from '@/desk/chain/rollWords'

/** publishRoll of meeting 3 in two parts, as the server encodes it: voters 1 and 7, then voter 9. */
const OPEN_MEETING = '0x1111111111111111111111111111111111111111' as const
const WORD = (digits: string) => digits.padStart(64, '0')
const call = (firstWord: number, word: string) => ({
  to: OPEN_MEETING,
  data: `0xe31535b8${[WORD('3'), WORD(String(firstWord)), WORD('60'), WORD('1'), WORD(word)].join('')}` as const,
})
const FIRST = call(0, 'ffffffff0000000000000000000000000000000000000000000022e700000000')
const SECOND = call(1, '6400000000')

describe('the words of a roll', () => {
  it('add up to owners, area and the digest the contract will have', () => {
    expect(sumsOfWords([FIRST, SECOND], null)).toEqual({
      words: 2,
      heads: 3,
      area: 8_935 + 4_294_967_295 + 100,
      digest: '0xb2d3ed3d132f96333317b8b563e424d5bb05e11e9a641c4a72eae80b8b756037',
    })
  })

  it('give another digest in another order, and on top of another publication', () => {
    const { digest } = sumsOfWords([FIRST, SECOND], null)
    expect(sumsOfWords([SECOND, FIRST], null).digest).not.toBe(digest)
    expect(sumsOfWords([FIRST, SECOND], digest).digest).not.toBe(digest)
  })

  it('refuse what is no publication', () => {
    expect(() => sumsOfWords([{ to: OPEN_MEETING, data: '0xdeadbeef' }], null)).toThrow()
  })
})
