import { describe, expect, it } from 'vitest'
import golden from '../../tests/vectors/eip712.json'
import { meetingClaim, receiptClaim } from '@/api/claims'
import type { Community, Meeting, Receipt } from '@/api/types'
import { packChoices, unpackChoices, type Choice } from '@/chain/choices'
import {
  conveneHash,
  keyChangeVetoDigest,
  openBallotDigest,
  possessionDigest,
  receiptDigest,
  textHash,
} from '@/chain/eip712'
import { addressOf, signDigest, signedBy } from '@/chain/signing'
import { ballotCodeDigest, isCountersigned } from '@/wsb/code'
import type { Address, Hex } from 'viem'
import { hexToBytes } from 'viem/utils'

const place = {
  chainId: golden.chain_id,
  registry: golden.registry as Address,
  openMeeting: golden.open_meeting as Address,
  operator: golden.receipt.operator as Address,
}
const secret = hexToBytes(golden.secret as Hex)

describe('golden vectors, the same as in Python', () => {
  it.each(golden.texts)('hashes the text of a motion in NFC: $title', ({ title, text, hash }) => {
    expect(textHash(title, text)).toBe(hash)
  })

  it('hashes what is frozen when a meeting is convened', () => {
    const { meeting, convening, hash } = golden.convening
    const claim = meetingClaim(
      { chain: golden } as unknown as Community,
      {
        meeting,
        chain: { chain_id: place.chainId, open_meeting: place.openMeeting, contract: place.openMeeting },
        convene_hash: hash,
        convening: { ...convening, documents: convening.documents.map((document) => ({ hash: document })) },
      } as unknown as Meeting,
    )
    expect(conveneHash(claim.place, claim.contract, claim.meeting, claim.convening)).toBe(hash)
  })

  it.each(golden.ballots)('digests and signs the ballot of voter $voter', async (row) => {
    const choices = packChoices(row.choices as Choice[])
    expect(choices.toString()).toBe(row.packed)
    expect(unpackChoices(choices, row.choices.length)).toEqual(row.choices)
    const digest = openBallotDigest(place, {
      meeting: row.meeting,
      conveneHash: row.convene_hash as Hex,
      voter: row.voter,
      choices,
    })
    expect(digest).toBe(row.digest)
    expect(await signDigest(secret, digest)).toBe(row.signature)
  })

  it('digests the code of a secret ballot, and knows who countersigned it', async () => {
    const row = golden.ballot_code
    const secretPlace = { chainId: place.chainId, secretMeeting: place.openMeeting }
    const code = {
      meeting: row.meeting,
      voter: row.voter,
      ballotHash: row.ballot_hash as Hex,
      shownAt: row.shown_at,
    }
    expect(ballotCodeDigest(secretPlace, code)).toBe(row.digest)
    const signedBy = (operator: string) =>
      isCountersigned(operator as Address, secretPlace, code, row.signature as Hex)
    expect(await signedBy(row.operator)).toBe(true)
    expect(await signedBy(golden.registry)).toBe(false)
  })

  it('digests the possession of a key', async () => {
    const { voter, key, evidence, digest } = golden.possession
    expect(possessionDigest(place, { voter, key: key as Address, evidence: evidence as Hex })).toBe(digest)
    expect(await addressOf(secret)).toBe(golden.address)
  })

  it('digests and signs the veto of a change of key', async () => {
    const { voter, new_key, effective_at, digest, signature } = golden.key_change_veto
    const veto = { voter, newKey: new_key as Address, effectiveAt: effective_at }
    expect(keyChangeVetoDigest(place, veto)).toBe(digest)
    expect(await signDigest(secret, digest as Hex)).toBe(signature)
  })

  it('digests a receipt and knows who signed it', async () => {
    const receipt = receiptClaim(golden.receipt as unknown as Receipt)
    const digest = receiptDigest(
      { chainId: place.chainId, contract: place.openMeeting, ballots: 'open' },
      receipt,
    )
    expect(digest).toBe(golden.receipt.digest)
    expect(await signedBy(receipt.operator, digest, receipt.signature)).toBe(true)
    expect(await signedBy(place.registry, digest, receipt.signature)).toBe(false)
    expect(await signedBy(receipt.operator, digest, '0x1234')).toBe(false)
  })
})
