import { describe, expect, it } from 'vitest'
import { CHOICES, overCap, packChoices, supportLeft, unpackChoices, type Choice } from '@/chain/choices'

const MOTIONS = [
  { group: 0, cap: 0 },
  { group: 1, cap: 2 },
  { group: 1, cap: 2 },
  { group: 1, cap: 2 },
]

describe('choices', () => {
  it('offers for, against and abstain in this order', () => {
    expect(CHOICES).toEqual(['for', 'against', 'abstain'])
  })

  it('packs motion 0 into the lowest two bits', () => {
    expect(packChoices(['for', 'against', 'abstain', 'for'])).toBe(0b01_00_10_01n)
  })

  it('gives back every choice of 32 motions', () => {
    const choices = Array.from({ length: 32 }, (_, at): Choice => CHOICES[(at * 7) % 3]!)
    expect(unpackChoices(packChoices(choices), 32)).toEqual(choices)
  })

  it('refuses no motions, 33 motions, a 3, and bits above the last motion', () => {
    expect(() => packChoices([])).toThrow(RangeError)
    expect(() => packChoices(Array<Choice>(33).fill('for'))).toThrow(RangeError)
    expect(() => unpackChoices(3n, 1)).toThrow(RangeError)
    expect(() => unpackChoices(4n, 1)).toThrow(RangeError)
  })
})

describe('caps', () => {
  it('counts down the support left in a group and leaves single motions alone', () => {
    expect(supportLeft(MOTIONS, [null, null, null, null], 1)).toBe(2)
    expect(supportLeft(MOTIONS, ['for', 'for', null, 'against'], 2)).toBe(1)
    expect(supportLeft(MOTIONS, ['for', 'for', 'for', null], 3)).toBe(0)
    expect(supportLeft(MOTIONS, ['for', null, null, null], 0)).toBe(null)
  })

  it('is over the cap only with more support than allowed', () => {
    expect(overCap(MOTIONS, ['for', 'for', 'for', 'abstain'])).toBe(false)
    expect(overCap(MOTIONS, ['abstain', 'for', 'for', 'for'])).toBe(true)
  })
})
