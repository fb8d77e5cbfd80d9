import { describe, expect, it } from 'vitest'
import golden from '../../../tests/vectors/wsb-hashing.json'
import type { Address, Hex } from 'viem'
import { contextOf, trusteeSetHash } from '@/wsb/context'
import { G, INFINITY, P, Q, inverse, lasting, mod, multiply, multiplyOpen, readPoint } from '@/wsb/group'
import { challengeOf, tagHash, words, type Tag } from '@/wsb/hashing'
import { fresh } from '@/wsb/random'
import { pairOf, pointOf, writtenPoint, written } from './vectors'

describe('the group', () => {
  it.each(golden.multiples_of_g)('multiplies the generator by $scalar', ({ scalar, point }) => {
    expect(writtenPoint(multiply(G, BigInt(scalar)))).toEqual(point)
    expect(writtenPoint(multiplyOpen(G, BigInt(scalar)))).toEqual(point)
  })

  it.each(golden.multiples)('multiplies a point by $scalar', ({ scalar, base, point }) => {
    const plain = readPoint(BigInt(base[0]!), BigInt(base[1]!))!
    expect(writtenPoint(multiply(plain, BigInt(scalar)))).toEqual(point)
    expect(writtenPoint(multiplyOpen(plain, BigInt(scalar)))).toEqual(point)
    expect(writtenPoint(multiply(pointOf(base), BigInt(scalar)))).toEqual(point)
  })

  it.each(golden.sums)('adds points, also opposite and equal ones, to $sum', ({ left, right, sum }) => {
    expect(writtenPoint(pointOf(left).add(pointOf(right)))).toEqual(sum)
  })

  it('reads no coordinate of P or more, nothing off the curve, and not infinity', () => {
    expect(readPoint(1n, 2n)?.equals(G)).toBe(true)
    expect(readPoint(1n + P, 2n)).toBeUndefined()
    expect(readPoint(1n, 2n + P)).toBeUndefined()
    expect(readPoint(P, 2n)).toBeUndefined()
    expect(readPoint(1n, 3n)).toBeUndefined()
    expect(readPoint(0n, 0n)).toBeUndefined()
  })

  it('divides by anything but zero, and knows infinity', () => {
    expect(mod(inverse(12345n) * 12345n)).toBe(1n)
    expect(() => inverse(Q)).toThrow(RangeError)
    expect(lasting({ x: 0n, y: 0n }).equals(INFINITY)).toBe(true)
    expect(multiply(INFINITY, 5n).equals(INFINITY)).toBe(true)
  })
})

describe('hashing', () => {
  it.each(Object.entries(golden.tags))('knows the tag %s', (text, hash) => {
    expect(tagHash(text.replace('WSB-1 ', '') as Tag)).toBe(hash)
  })

  it.each(golden.challenges)('hashes $words.length words under $tag to a scalar', (row) => {
    const content = words(...row.words.map(BigInt))
    expect(written(challengeOf(row.tag.replace('WSB-1 ', '') as Tag, content))).toBe(row.scalar)
  })

  it('hashes a set of trustees', () => {
    const { chain_id: chainId, board, meeting, threshold, accounts, hash } = golden.trustee_set
    const set = { chainId, board: board as Address, meeting, threshold, accounts: accounts as Address[] }
    expect(trusteeSetHash(set)).toBe(hash)
  })

  it('hashes the context of a meeting', () => {
    const { context } = golden
    const hash = contextOf({
      chainId: context.chain_id,
      secretMeeting: context.secret_meeting as Address,
      meeting: context.meeting,
      conveneHash: context.convene_hash as Hex,
      rollDigest: context.roll_digest as Hex,
      trusteeSetHash: context.trustee_set_hash as Hex,
      threshold: context.threshold,
      trustees: context.trustees,
      keys: { inFavour: pairOf(context.y_for), against: pairOf(context.y_against) },
    })
    expect(hash).toBe(context.hash)
  })
})

describe('randomness', () => {
  it('draws scalars of the group that are not zero, and never the same', () => {
    const drawn = Array.from({ length: 100 }, fresh)
    expect(new Set(drawn).size).toBe(100)
    expect(drawn.every((scalar) => scalar > 0n && scalar < Q)).toBe(true)
  })
})
