import { describe, expect, it } from 'vitest'
import golden from '../../../tests/vectors/wsb-ceremony.json'
import type { Address, Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import {
  SIDES,
  coefficientsOf,
  commitHash,
  commitmentOf,
  enrolment,
  freshPolynomials,
  isShare,
  jointKeys,
  possession,
  revealHash,
  secretShares,
  shareKey,
  shareOf,
  sideOf,
  transcriptOf,
  type Entry,
  type Polynomials,
  type Run,
  type Side,
} from '@/wsb/ceremony'
import { trusteeSetHash } from '@/wsb/context'
import { deal, isDealing, receive } from '@/wsb/dealing'
import { G, multiply, readPoint, sum } from '@/wsb/group'
import { holds, isReadable, prove, type Statement } from '@/wsb/proof'
import { pointOf, replay, written, writtenPoint } from './vectors'

const run: Run = {
  chainId: golden.chain_id,
  board: golden.board as Address,
  meeting: golden.meeting,
  run: golden.run,
}
const keys = golden.trustees.map(({ key }) => pointOf(key))
const reveals = golden.trustees.map(({ coefficients }) => coefficients.map(pointOf))
const polynomialsOf = (row: (typeof golden.trustees)[number]): Polynomials => [
  row.polynomial_for.map(BigInt),
  row.polynomial_against.map(BigInt),
]

function insist(statement: Statement, secret: bigint, row: { nonce: string; c: string; s: string }): void {
  const proof = prove(statement, 0, secret, replay([row.nonce]))
  expect([...proof.challenges, ...proof.responses].map(written)).toEqual([row.c, row.s])
  expect(holds(statement, proof)).toBe(true)
}

describe('the golden key ceremony, the same as in Python and Solidity', () => {
  it.each(golden.trustees)('publishes and proves what trustee $trustee does', (row) => {
    const coefficients = coefficientsOf(polynomialsOf(row))
    expect(coefficients.map(writtenPoint)).toEqual(row.coefficients)
    expect(commitmentOf(run, row.trustee, coefficients)).toBe(row.commitment)
    const secret = BigInt(row.secret)
    expect(writtenPoint(multiply(G, secret))).toEqual(row.key)
    insist(enrolment(run, row.trustee, pointOf(row.key)), secret, row.enrolment)
    for (const side of SIDES) {
      const constant = sideOf(coefficients, side)[0]!
      insist(
        possession(run, row.trustee, side, constant),
        polynomialsOf(row)[side][0]!,
        row.possession[side]!,
      )
    }
  })

  it.each(golden.trustees)('deals what trustee $trustee deals', (row) => {
    const dealt = deal(run, row.trustee, polynomialsOf(row), keys, replay(row.dealing_randomness))
    expect(dealt).toBe(row.dealing)
    expect(isDealing(keys.length, dealt)).toBe(true)
  })

  it.each(golden.trustees)('finds the shares of trustee $trustee, and its keys', (row) => {
    const dealt = row.received.map(({ dealer, ...shares }): [bigint, bigint] => {
      const found: [bigint, bigint] =
        dealer === row.trustee
          ? [shareOf(polynomialsOf(row), 0, dealer), shareOf(polynomialsOf(row), 1, dealer)]
          : receive(
              run,
              dealer,
              row.trustee,
              BigInt(row.secret),
              golden.trustees[dealer - 1]!.dealing as Hex,
            )!
      expect(found.map(written)).toEqual([shares.for, shares.against])
      for (const side of SIDES) {
        expect(isShare(reveals[dealer - 1]!, side, row.trustee, found[side])).toBe(true)
        expect(isShare(reveals[dealer - 1]!, side, row.trustee, found[side] + 1n)).toBe(false)
      }
      return found
    })
    const secrets = secretShares(dealt)
    expect(secrets.map(written)).toEqual([row.share_for, row.share_against])
    expect(writtenPoint(shareKey(reveals, 0, row.trustee))).toEqual(row.share_key_for)
    expect(writtenPoint(shareKey(reveals, 1, row.trustee))).toEqual(row.share_key_against)
    expect(multiply(G, secrets[1]).equals(pointOf(row.share_key_against))).toBe(true)
  })

  it('keeps the transcript in the order of the board', () => {
    const set = trusteeSetHash({
      ...run,
      threshold: golden.threshold,
      accounts: golden.accounts as Address[],
    })
    expect(set).toBe(golden.trustee_set_hash)
    expect(transcriptOf(run, set, [])).toBe(golden.transcript_start)
    const entries: Entry[] = []
    for (const { step, trustee, data_hash, transcript } of golden.transcript) {
      const row = golden.trustees[trustee - 1]!
      const dataHash = [
        commitHash(row.commitment as Hex, pointOf(row.key)),
        revealHash(reveals[trustee - 1]!),
        keccak256(row.dealing as Hex),
      ][step - 1]!
      expect(dataHash).toBe(data_hash)
      entries.push({ step: step as Entry['step'], trustee, dataHash })
      expect(transcriptOf(run, set, entries)).toBe(transcript)
    }
  })

  it('adds the constant coefficients up to the keys', () => {
    expect(jointKeys(reveals).map(writtenPoint)).toEqual([golden.y_for, golden.y_against])
  })
})

describe('what is refused', () => {
  it.each(golden.refused)('proof of $of: $name', (row) => {
    const point = readPoint(BigInt(row.point[0]!), BigInt(row.point[1]!))
    const proof = { challenges: [BigInt(row.c)], responses: [BigInt(row.s)] }
    const where = { ...run, run: row.run }
    const good =
      point !== undefined &&
      isReadable(proof) &&
      holds(
        row.of === 'enrolment'
          ? enrolment(where, row.trustee, point)
          : possession(where, row.trustee, row.side as Side, point),
        proof,
      )
    expect(good).toBe(false)
  })

  it('a share that another trustee reads, or whose point is none', () => {
    const [dealer, other] = [golden.trustees[0]!, golden.trustees[2]!]
    const found = receive(run, 1, 2, BigInt(other.secret), dealer.dealing as Hex)
    expect(found?.some((share, side) => isShare(reveals[0]!, side as Side, 2, share)) ?? false).toBe(false)
    const broken = `0x${'00'.repeat(64)}${dealer.dealing.slice(130)}` as Hex
    expect(receive(run, 1, 2, BigInt(golden.trustees[1]!.secret), broken)).toBeUndefined()
    expect(isDealing(keys.length, broken)).toBe(false)
    expect(isDealing(keys.length - 1, dealer.dealing as Hex)).toBe(false)
  })
})

describe('a ceremony from the randomness of the machine', () => {
  it('gives every two of three trustees the secret of the keys', () => {
    const all = [1, 2, 3].map(() => freshPolynomials(2))
    const made = all.map(coefficientsOf)
    const secrets = [1, 2, 3].map((trustee) =>
      secretShares(all.map((one) => [shareOf(one, 0, trustee), shareOf(one, 1, trustee)])),
    )
    const [inFavour] = jointKeys(made)
    // 3/(3-1) and 1/(1-3): the factors of trustees 1 and 3
    const twice = sum([multiply(G, 3n * secrets[0]![0]), multiply(G, -secrets[2]![0])])
    expect(twice.equals(multiply(inFavour, 2n))).toBe(true)
  })
})
