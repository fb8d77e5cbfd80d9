import { describe, expect, it } from 'vitest'
import { ballotsIn, choiceOn, isOverCap, isReadable, isWhole } from '@/verifier/ballots'
import { hasMajority, hasQuorum, isPassed, isSpecial } from '@/verifier/decision'
import type { Motion } from '@/verifier/events'
import { areasIn, Roll, votersIn } from '@/verifier/roll'
import { square } from '@/verifier/words'

const weight = (area: bigint | number, heads: number) => ({ area: BigInt(area), heads })
const motion = (group: number, cap: number): Motion => ({ matter: 3, group, cap, textHash: '0x' })

describe('the decision rule of Civil Code 278', () => {
  it('takes exactly two thirds of both for a quorum, and nothing less of either', () => {
    expect(hasQuorum(weight(300, 9), weight(200, 6))).toBe(true)
    expect(hasQuorum(weight(300, 9), weight(199, 9))).toBe(false)
    expect(hasQuorum(weight(300, 9), weight(300, 5))).toBe(false)
  })

  it('takes more than half for an ordinary matter: exactly half fails', () => {
    expect(hasMajority(false, weight(200, 10), weight(101, 6))).toBe(true)
    expect(hasMajority(false, weight(200, 10), weight(100, 6))).toBe(false)
    expect(hasMajority(false, weight(200, 10), weight(101, 5))).toBe(false)
  })

  it('takes three quarters for a special matter, the bound included', () => {
    expect(hasMajority(true, weight(400, 8), weight(300, 6))).toBe(true)
    expect(hasMajority(true, weight(400, 8), weight(299, 8))).toBe(false)
    expect(hasMajority(true, weight(400, 8), weight(400, 5))).toBe(false)
  })

  it('counts exactly where a float would round', () => {
    const total = weight(3n * 2n ** 60n, 3)
    expect(hasQuorum(total, weight(2n * 2n ** 60n, 2))).toBe(true)
    expect(hasQuorum(total, weight(2n * 2n ** 60n - 1n, 2))).toBe(false)
  })

  it('passes nothing without a quorum, and nothing by an empty roll', () => {
    expect(isPassed(4, weight(300, 9), weight(150, 9), weight(150, 9))).toBe(false)
    expect(isPassed(4, weight(0, 0), weight(0, 0), weight(0, 0))).toBe(false)
    expect(isPassed(8, weight(300, 9), weight(300, 9), weight(225, 7))).toBe(true)
  })

  it('has three special matters', () => {
    const special = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter(isSpecial)
    expect(special).toEqual([6, 7, 8])
  })
})

describe('records of ballots', () => {
  const record = `00000102${'000000000000001b'}${'aa'.repeat(32)}${'bb'.repeat(32)}1c`

  it('have 77 bytes: voter, choices, r, s, v', () => {
    const [ballot, ...rest] = ballotsIn(`0x${record}${record}`)
    expect(rest).toHaveLength(1)
    expect(ballot).toEqual({
      voter: 258,
      choices: 27n,
      r: `0x${'aa'.repeat(32)}`,
      s: `0x${'bb'.repeat(32)}`,
      v: 28,
    })
  })

  it('are none in a torn or empty batch', () => {
    expect(isWhole('0x')).toBe(false)
    expect(isWhole(`0x${record.slice(2)}`)).toBe(false)
    expect(ballotsIn(`0x${record}00`)).toEqual([])
  })

  it('hold two bits a motion, and nothing beyond the last', () => {
    expect([0, 1, 2, 3].map((at) => choiceOn(0b10_01_00_01n, at))).toEqual([1, 0, 1, 2])
    expect(isReadable(0b10_01n, 2)).toBe(true)
    expect(isReadable(0b10_01n, 1)).toBe(false)
    expect(isReadable(0b11_01n, 2)).toBe(false)
  })

  it('support no more of a group than its cap', () => {
    const motions = [motion(0, 0), motion(1, 2), motion(1, 2), motion(1, 2)]
    expect(isOverCap(0b01_01_10_01n, motions)).toBe(false)
    expect(isOverCap(0b01_01_01_00n, motions)).toBe(true)
  })
})

describe('the roll', () => {
  it('packs eight areas a word, the lowest first', () => {
    const word = 5n | (7n << 32n) | (9n << 224n)
    expect(areasIn(word)).toEqual([5n, 7n, 0n, 0n, 0n, 0n, 0n, 9n])
    expect(votersIn(2, [word])).toEqual([16, 17, 23])
  })

  it('moves its sums by the difference when words are replaced', () => {
    const roll = new Roll()
    roll.publish(0, [0n, 100n | (200n << 32n)])
    expect(roll.total).toEqual(weight(300, 2))
    const digest = roll.digest
    roll.publish(1, [50n])
    expect(roll.total).toEqual(weight(50, 1))
    expect([roll.areaOf(8), roll.areaOf(9), roll.areaOf(800)]).toEqual([50n, 0n, 0n])
    expect(roll.digest).not.toBe(digest)
  })

  it('tells areas in square metres with two decimals', () => {
    expect(square(123_456_705n)).toBe('1,234,567.05')
  })
})
