import { secp256k1 } from '@noble/curves/secp256k1'
import { bytesToHex, hexToBytes, keccak256, numberToHex, recoverAddress, toHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { combine, lift } from '@/verifier/curve'
import { compact, recoverNow, word, type Signed } from '@/verifier/signatures'

const sign = (seed: number): Signed & { whole: `0x${string}` } => {
  const key = hexToBytes(keccak256(numberToHex(seed)))
  const digest = keccak256(numberToHex(seed + 1_000_000))
  const made = secp256k1.sign(hexToBytes(digest), key, { lowS: true })
  const v = 27 + made.recovery
  const whole = `0x${made.toCompactHex()}${v.toString(16)}` as const
  return { digest, r: word(made.r), s: word(made.s), v, whole }
}

describe('many signatures at once', () => {
  it('names the account viem names, for many keys', async () => {
    const signed = Array.from({ length: 150 }, (_, seed) => sign(seed))
    const expected = await Promise.all(
      signed.map(async ({ digest, whole }) =>
        (await recoverAddress({ hash: digest, signature: whole })).toLowerCase(),
      ),
    )
    expect(recoverNow(signed)).toEqual(expected)
  }, 30_000)

  it('names nobody for high s, foreign v, zero, and x beyond the curve', () => {
    const good = sign(7)
    const high = word(secp256k1.CURVE.n - BigInt(good.s))
    const bad: Signed[] = [
      { ...good, s: high, v: 55 - good.v },
      { ...good, v: 0 },
      { ...good, v: 29 },
      { ...good, r: word(0) },
      { ...good, s: word(0) },
      { ...good, r: word(5) },
      { ...good, r: word(secp256k1.CURVE.n) },
    ]
    expect(recoverNow([good, ...bad]).slice(1)).toEqual(bad.map(() => undefined))
  })

  it('reads a compact signature as the whole one', () => {
    const { digest, r, s, v } = sign(11)
    const vs = toHex(BigInt(s) | (v === 28 ? 1n << 255n : 0n), { size: 32 })
    expect(compact(digest, r, vs)).toEqual({ digest, r, s, v })
  })

  it('adds where points are equal, opposite or at infinity', () => {
    const G = secp256k1.ProjectivePoint.BASE
    const point = { x: G.x, y: G.y }
    const n = secp256k1.CURVE.n
    const cases: [bigint, bigint][] = [
      [1n, 1n],
      [n - 1n, 1n],
      [0n, 0n],
      [0n, n - 1n],
      [5n, 2n ** 128n],
    ]
    const found = combine(cases.map(([a, b]) => ({ a, b, point })))
    cases.forEach(([a, b], at) => {
      const sum = (a + b) % n
      const expected = sum === 0n ? undefined : G.multiply(sum).toAffine()
      expect(found[at]).toEqual(expected)
    })
  })

  it('finds a point only where the curve has one', () => {
    expect(lift(5n, true)).toBeUndefined()
    const { x, y } = secp256k1.ProjectivePoint.BASE.toAffine()
    expect(lift(x, (y & 1n) === 1n)).toEqual({ x, y })
    expect(bytesToHex(hexToBytes(word(x)))).toBe(word(x))
  })
})
