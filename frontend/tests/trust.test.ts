import { beforeEach, describe, expect, it } from 'vitest'
import type { Address, Hex } from 'viem'
import golden from '../../tests/vectors/eip712.json'
import { receiptClaim } from '@/api/claims'
import type { Receipt } from '@/api/types'
import { conveneHash } from '@/chain/eip712'
import { newSecret, addressOf, signDigest } from '@/chain/signing'
import { Trust, type DistrustReason, type MeetingClaim } from '@/chain/trust'
import { memoryShelves } from '@/store/memory'

const place = {
  chainId: golden.chain_id,
  registry: golden.registry as Address,
  openMeeting: golden.open_meeting as Address,
  operator: golden.receipt.operator as Address,
}

/** The golden meeting, as an honest server tells it. */
function honest(): MeetingClaim {
  const { meeting, convening, hash } = golden.convening
  return {
    meeting,
    place: { ...place },
    contract: place.openMeeting,
    ballots: 'open',
    conveneHash: hash as Hex,
    convening: {
      scopeHash: convening.scope_hash as Hex,
      motions: convening.motions.map(({ text_hash, ...motion }) => ({
        ...motion,
        textHash: text_hash as Hex,
      })),
      documents: [...convening.documents] as Hex[],
      opensAt: convening.opens_at,
      closesAt: convening.closes_at,
      rules: {
        rulesHash: convening.rules.rules_hash as Hex,
        noticePeriod: convening.rules.notice_period,
        rollPeriod: convening.rules.roll_period,
        paperPeriod: convening.rules.paper_period,
        objectionPeriod: convening.rules.objection_period,
      },
    },
    notice: { ...golden.notice },
    texts: golden.texts.map(({ title, text }) => ({ title, text })),
  }
}

let trust: Trust
beforeEach(() => {
  trust = new Trust(memoryShelves())
})

const refuses = (claim: MeetingClaim, reason: DistrustReason) =>
  expect(trust.checkMeeting('yard', claim)).rejects.toMatchObject({ reason })

describe('what the phone checks before it signs (T12)', () => {
  it('believes an honest meeting, again and again', async () => {
    await trust.checkMeeting('yard', honest())
    await trust.checkMeeting('yard', honest())
  })

  it('refuses another text under the same hash', async () => {
    const claim = honest()
    claim.texts[0]!.text += '。'
    await refuses(claim, 'textChanged')
  })

  it('refuses motions in another order', async () => {
    const claim = honest()
    claim.texts.reverse()
    await refuses(claim, 'textChanged')
    claim.convening.motions.reverse()
    await refuses(claim, 'conveningChanged')
  })

  it('refuses another title or notice of the meeting', async () => {
    const title = honest()
    title.notice.title += '（二）'
    await refuses(title, 'noticeChanged')
    const text = honest()
    text.notice.text = ''
    await refuses(text, 'noticeChanged')
  })

  it('refuses a motion that is shown but not convened', async () => {
    const claim = honest()
    claim.texts.push({ title: '加一项', text: '' })
    await refuses(claim, 'textChanged')
  })

  it.each(['opensAt', 'closesAt'] as const)('refuses another %s', async (time) => {
    const claim = honest()
    claim.convening[time] += 1
    await refuses(claim, 'conveningChanged')
  })

  it('refuses another cap, rule or document', async () => {
    const cap = honest()
    cap.convening.motions[1]!.cap = 2
    await refuses(cap, 'conveningChanged')
    const rule = honest()
    rule.convening.rules.objectionPeriod = 0
    await refuses(rule, 'conveningChanged')
    const document = honest()
    document.convening.documents.pop()
    await refuses(document, 'conveningChanged')
  })

  it('refuses a meeting that fits in itself but is not the one seen before', async () => {
    await trust.checkMeeting('yard', honest())
    const claim = honest()
    claim.convening.closesAt += 86_400
    claim.conveneHash = conveneHash(claim.place, claim.contract, claim.meeting, claim.convening)
    await refuses(claim, 'meetingChanged')
  })

  it('refuses another chain or contract than the first', async () => {
    await trust.checkPlace('yard', place)
    const claim = honest()
    claim.place.chainId += 1
    await refuses(claim, 'placeChanged')
    await expect(trust.checkPlace('yard', { ...place, openMeeting: place.registry })).rejects.toMatchObject({
      reason: 'placeChanged',
    })
  })
})

describe('what the phone remembers of a secret meeting', () => {
  const context = `0x${'ab'.repeat(32)}` as Hex
  const other = `0x${'cd'.repeat(32)}` as Hex

  it('refuses other keys than those seen first, each meeting on its own', async () => {
    await trust.checkKeys('yard', 3, context)
    await trust.checkKeys('yard', 3, context)
    await trust.checkKeys('yard', 4, other)
    await expect(trust.checkKeys('yard', 3, other)).rejects.toMatchObject({ reason: 'keysChanged' })
  })

  it('learns the contract of secret meetings where it knew none, and then refuses another', async () => {
    await trust.checkPlace('yard', place)
    await trust.checkPlace('yard', { ...place, secretMeeting: place.registry })
    const moved = { ...place, secretMeeting: place.openMeeting }
    await expect(trust.checkPlace('yard', moved)).rejects.toMatchObject({
      reason: 'placeChanged',
      changed: ['secretMeeting'],
    })
  })
})

describe('what the phone checks of a receipt', () => {
  const receipt = receiptClaim(golden.receipt as unknown as Receipt)
  const ballot = { meeting: receipt.meeting, voter: receipt.voter, ballotHash: receipt.ballotHash }
  const cast = { chainId: place.chainId, contract: place.openMeeting, ballots: 'open' } as const
  const refusesReceipt = (changed: Partial<typeof receipt>, reason: DistrustReason) =>
    expect(trust.checkReceipt('yard', place, cast, ballot, { ...receipt, ...changed })).rejects.toMatchObject(
      {
        reason,
      },
    )

  it('believes the operator signature over this ballot', async () => {
    await trust.checkReceipt('yard', place, cast, ballot, receipt)
  })

  it('refuses a changed sequence or time, and a receipt for another ballot', async () => {
    await refusesReceipt({ sequence: receipt.sequence + 1 }, 'receiptForged')
    await refusesReceipt({ receivedAt: receipt.receivedAt - 1 }, 'receiptForged')
    await refusesReceipt({ ballotHash: `0x${'00'.repeat(32)}` }, 'receiptForged')
  })

  it('refuses a signature by somebody else in the name of the operator', async () => {
    const signature = await signDigest(newSecret(), golden.receipt.digest as Hex)
    await refusesReceipt({ signature }, 'receiptForged')
  })

  it('refuses a receipt signed by another operator than the community named first', async () => {
    await trust.checkPlace('yard', place)
    const secret = newSecret()
    const signature = await signDigest(secret, golden.receipt.digest as Hex)
    await refusesReceipt({ signature, operator: await addressOf(secret) }, 'receiptForged')
    const other = { ...place, operator: await addressOf(secret) }
    await expect(trust.checkPlace('yard', other)).rejects.toMatchObject({
      reason: 'placeChanged',
      changed: ['operator'],
    })
  })
})
