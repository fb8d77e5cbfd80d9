import { describe, expect, it } from 'vitest'
import ceremony from '../../../tests/vectors/wsb-ceremony.json'
import golden from '../../../tests/vectors/wsb-tally.json'
import type { Hex } from 'viem'
import { intervalOf, verdictOf } from '@/wsb/coarse'
import type { Side } from '@/wsb/ceremony'
import { aggregatesOf, lagrange, makeShare, opened, readShare, shareWords } from '@/wsb/decryption'
import { Steps, discreteLog } from '@/wsb/discreteLog'
import { G, INFINITY, multiply } from '@/wsb/group'
import { addUp, roundedArea, roundingOf, sealHash, sumsHash } from '@/wsb/tally'
import type { Ciphertext } from '@/wsb/statements'
import { pointOf, replay, written, writtenPoint } from './vectors'

const sealed = { context: golden.context as Hex, sealHash: golden.seal_hash as Hex }
const part = { area: golden.area_part, heads: golden.heads_part }
const rounding = { above: golden.above, below: golden.below }
const undecided = golden.motions.filter(({ verdict }) => verdict === 'undecided').map(({ motion }) => motion)
const openings = [...golden.stage0, ...golden.stage1]
const keyOf = (trustee: number, side: number) => {
  const row = ceremony.trustees[trustee - 1]!
  return pointOf(side ? row.share_key_against : row.share_key_for)
}

describe('the golden tally, the same as in Python and Solidity', () => {
  const ballots = golden.voters.map(({ area, ciphertexts }) => ({
    area,
    ciphertexts: ciphertexts.map(({ a, b1, b2 }) => [a, b1, b2].map(pointOf) as Ciphertext),
  }))
  const sums = addUp(golden.motions.length, ballots)

  it('adds the ciphertexts up at every level', () => {
    expect(golden.voters.map(({ area }) => roundedArea(area))).toEqual(
      golden.voters.map(({ coarse }) => coarse),
    )
    const rows = sums.map((levels) =>
      levels.map((ciphertext) => {
        const [a, b1, b2] = ciphertext.map(writtenPoint)
        return { a, b1, b2 }
      }),
    )
    expect(rows).toEqual(golden.sums)
    expect(sumsHash(sums)).toBe(golden.sums_hash)
  })

  it('keeps the rounding and the seal', () => {
    expect(roundingOf(ballots.map(({ area }) => area))).toEqual(rounding)
    expect(sealHash(sealed.context, part, rounding, sums)).toBe(golden.seal_hash)
  })

  it('takes the aggregates in the order of their stage', () => {
    const order = (rows: typeof openings) => rows.map(({ motion, level, side }) => ({ motion, level, side }))
    expect(aggregatesOf(0, [0, 1, 2])).toEqual(order(golden.stage0))
    expect(aggregatesOf(1, undecided)).toEqual(order(golden.stage1))
  })

  it.each(openings)('opens motion $motion, level $level, side $side to $value', (row) => {
    const of = { motion: row.motion, level: row.level, side: row.side as Side }
    const [a, b] = [pointOf(row.a), pointOf(row.b)]
    const shares = row.shares.map((given) => {
      const trustee = ceremony.trustees[given.trustee - 1]!
      const secret = BigInt(row.side ? trustee.share_against : trustee.share_for)
      const made = makeShare(sealed, given.trustee, of, secret, a, replay([given.nonce]))
      expect(writtenPoint(made.d)).toEqual(given.d)
      expect([made.c, made.s].map(written)).toEqual([given.c, given.s])
      const read = readShare(sealed, given.trustee, of, keyOf(given.trustee, row.side), a, shareWords(made))
      expect(read && writtenPoint(read.d)).toEqual(given.d)
      return { trustee: given.trustee, d: made.d }
    })
    const point = opened(b, shares)
    expect(discreteLog(point, 0, part.area)).toBe(row.value)
    expect(() => discreteLog(point, row.value + 1, part.area)).toThrow(RangeError)
    expect(opened(b, shares.slice(1)).equals(point)).toBe(false)
  })

  it.each(golden.lagrange)('knows the factors of trustees $trustees', ({ trustees, factors }) => {
    expect(lagrange(trustees).map(written)).toEqual(factors)
  })

  it.each(golden.motions)('judges motion $motion by its interval: $verdict', (row) => {
    const units = (side: number) =>
      golden.stage0.find((one) => one.motion === row.motion && one.level === 1 && one.side === side)!.value
    const [inFavour, against] = [0, 1].map((side) => intervalOf(units(side), rounding, part.area))
    expect([inFavour!.lower, inFavour!.upper]).toEqual(row.for)
    expect([against!.lower, against!.upper]).toEqual(row.against)
    expect(verdictOf(row.majority === 'special', part, inFavour!, row.heads_for)).toBe(row.verdict)
  })

  it.each(golden.stage1)('judges motion $motion by its exact area: $verdict', (row) => {
    const { majority, heads_for } = golden.motions[row.motion]!
    const exact = { lower: row.value, upper: row.value }
    expect(verdictOf(majority === 'special', part, exact, heads_for)).toBe(row.verdict)
  })

  it(`decides ${golden.decisions.length} cases on and around the thresholds`, () => {
    for (const row of golden.decisions) {
      const whole = { area: row.area_part, heads: row.heads_part }
      const found = intervalOf(row.coarse_for, row, row.area_part)
      expect([found.lower, found.upper]).toEqual(row.interval)
      expect(verdictOf(row.majority === 'special', whole, found, row.heads_for)).toBe(row.verdict)
    }
  })
})

describe('shares that are refused', () => {
  it.each(golden.refused)('$name', ({ trustee, motion, level, side, words }) => {
    const row = golden.stage0.find(
      (one) => one.motion === motion && one.level === level && one.side === side,
    )!
    const of = { motion, level, side: side as Side }
    const read = readShare(sealed, trustee, of, keyOf(trustee, side), pointOf(row.a), words.map(BigInt))
    expect(read).toBeUndefined()
  })
})

describe('discrete logarithms', () => {
  const times = (value: number) => multiply(G, BigInt(value))

  it('finds every number of a small range, and says when there is none', () => {
    for (let value = 0; value <= 40; value++) expect(discreteLog(times(value), 0, 40)).toBe(value)
    expect(discreteLog(INFINITY, 0, 0)).toBe(0)
    expect(() => discreteLog(times(41), 0, 40)).toThrow('no number from 0 to 40')
    expect(() => discreteLog(times(3), 4, 40)).toThrow('no number')
    expect(() => discreteLog(times(-1), 0, 40)).toThrow('no number')
    expect(() => discreteLog(times(3), 5, 4)).toThrow('no number')
  })

  it('finds heads up to 2^24 and units of area up to 2^30, with one table', () => {
    const steps = new Steps(2 ** 13)
    expect(steps.logarithm(times(2 ** 24), 0, 2 ** 24)).toBe(2 ** 24)
    expect(steps.logarithm(times(16_000_001), 0, 2 ** 24)).toBe(16_000_001)
    expect(steps.logarithm(times(2 ** 29 + 12_345), 2 ** 29, 2 ** 30)).toBe(2 ** 29 + 12_345)
    expect(discreteLog(times(2 ** 30), 0, 2 ** 30)).toBe(2 ** 30)
  }, 60_000)
})
