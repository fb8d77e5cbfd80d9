import { beforeAll, describe, expect, it } from 'vitest'
import type { Hex } from 'viem'
import { Problem } from '@/api/problem'
import type { Community, Meeting } from '@/api/types'
import { checkOpening } from '@/chain/openedCheck'
import type { PortableOpening } from '@/chain/openedCode'
import { Trust } from '@/chain/trust'
import { memoryShelves } from '@/store/memory'
import { ballotHash } from '@/wsb/ballot'
import { openingOf, shortCode } from '@/wsb/opening'
import { makeBallot, type SecretBallot } from '@/wsb/proving'
import {
  CHOICES,
  community,
  countersign,
  formOf,
  meeting,
  SHOWN_AT,
  SLUG,
  STRANGER_KEY,
  VOTER,
} from './secretYard'

let yard: Community
let told: Meeting
let ballot: SecretBallot
let opening: PortableOpening

beforeAll(async () => {
  yard = await community()
  told = await meeting()
  ballot = makeBallot(formOf(told), VOTER, CHOICES)
  opening = await handedOver(ballot)
})

/** What a phone hands over of a ballot; it may say other choices than it encrypted. */
const handedOver = async (of: SecretBallot, said = CHOICES): Promise<PortableOpening> => ({
  community: SLUG,
  meeting: told.meeting,
  voter: VOTER,
  ballotHash: of.ballotHash,
  shownAt: SHOWN_AT,
  signature: await countersign(told, of.ballotHash),
  motions: openingOf(of, said).motions,
})

/** Check with a server that holds this body as opened, `null`: none, and tells of this meeting. */
function check(
  given: PortableOpening,
  {
    body = ballot.body,
    of = told,
    trust = new Trust(memoryShelves()),
  }: { body?: Hex | null; of?: Meeting; trust?: Trust } = {},
) {
  const api = {
    community: () => Promise.resolve(yard),
    meeting: () => Promise.resolve(of),
    openedBallot: () =>
      body ? Promise.resolve({ body } as never) : Promise.reject(new Problem(404, 'NOT_FOUND', '')),
  }
  return checkOpening(api, trust, given)
}

describe('an opened ballot on a second device', () => {
  it('agrees when the ballot of the code holds what the phone said', async () => {
    const found = await check(opening)
    expect(found).toMatchObject({
      finding: 'agrees',
      community: '小院',
      meeting: '业主大会',
      shownAt: SHOWN_AT,
    })
    expect(found.code).toBe(shortCode(ballot.ballotHash))
    expect(found.keysCode?.replaceAll(' ', '').toLowerCase()).toBe(formOf(told).context.slice(2, 18))
    expect(found.motions.map(({ held }) => held)).toEqual(CHOICES)
  })

  it('is not looked at where this device saw other keys of the meeting before', async () => {
    const trust = new Trust(memoryShelves())
    await trust.checkKeys(opening.community, opening.meeting, `0x${'11'.repeat(32)}`)
    await expect(check(opening, { trust })).rejects.toMatchObject({ reason: 'keysChanged' })
  })

  it('names the choice that a tampered phone really encrypted', async () => {
    const turned = makeBallot(formOf(told), VOTER, ['against', 'against', 'abstain', 'for'])
    const found = await check(await handedOver(turned), { body: turned.body })
    expect(found.finding).toBe('differs')
    expect(found.motions.map(({ said, held }) => [said, held])).toEqual([
      ['for', 'against'],
      ['against', 'against'],
      ['abstain', 'abstain'],
      ['for', 'for'],
    ])
  })

  it('differs where a secret was changed: that motion does not open', async () => {
    const motions = opening.motions.map((motion) => ({ ...motion }))
    motions[1]!.r = motions[0]!.r
    motions[2]!.r = `0x${'ff'.repeat(32)}`
    const found = await check({ ...opening, motions })
    expect(found.finding).toBe('differs')
    expect(found.motions.map(({ held }) => held)).toEqual(['for', undefined, undefined, 'for'])
  })

  it('is other where the phone gave up another ballot than the one of its code', async () => {
    const other = makeBallot(formOf(told), VOTER, CHOICES)
    expect((await check(opening, { body: other.body })).finding).toBe('other')
    const changed = (ballot.body.slice(0, -2) + (ballot.body.endsWith('00') ? '01' : '00')) as Hex
    const found = await check(opening, { body: changed })
    expect([found.finding, found.motions]).toEqual(['other', []])
  })

  it('is faulty where proofs do not hold, or hold for another voter', async () => {
    const words = ballot.body.slice(2).match(/.{64}/g)!
    ;[words[6], words[7]] = [words[7]!, words[6]!]
    const body = `0x${words.join('')}` as Hex
    const hash = ballotHash(formOf(told).context, body)
    const swapped = { ...opening, ballotHash: hash, signature: await countersign(told, hash) }
    expect((await check(swapped, { body })).finding).toBe('faulty')
    const stolen = {
      ...opening,
      voter: VOTER + 1,
      signature: await countersign(told, ballot.ballotHash, { voter: VOTER + 1 }),
    }
    expect((await check(stolen)).finding).toBe('faulty')
  })

  it('is forged without the operator’s countersignature over exactly this code', async () => {
    const strange = await countersign(told, ballot.ballotHash, { key: STRANGER_KEY })
    expect((await check({ ...opening, signature: strange })).finding).toBe('forged')
    expect((await check({ ...opening, shownAt: SHOWN_AT + 1 })).finding).toBe('forged')
    expect((await check({ ...opening, voter: VOTER + 1 })).finding).toBe('forged')
    const other = makeBallot(formOf(told), VOTER, CHOICES)
    const found = await check({ ...opening, ballotHash: other.ballotHash }, { body: other.body })
    expect(found.finding).toBe('forged')
  })

  it('is not opened where the server has no such ballot: it may still be cast', async () => {
    expect((await check(opening, { body: null })).finding).toBe('notOpened')
  })

  it('is elsewhere in a meeting that is keyless, of other motions, or bound to another context', async () => {
    const keys = { ...told.keys!, roll_digest: `0x${'99'.repeat(32)}` }
    for (const of of [
      { ...told, keys: null },
      { ...told, keys },
      { ...told, keys: { ...told.keys!, in_favour: told.keys!.against } },
      { ...told, keys: { ...told.keys!, in_favour: '0x' } },
    ])
      expect((await check(opening, { of })).finding).toBe('elsewhere')
    const fewer = { ...opening, motions: opening.motions.slice(1) }
    expect((await check(fewer)).finding).toBe('elsewhere')
  })

  it('is forged in another meeting of the same community', async () => {
    const of = await meeting(4)
    expect((await check({ ...opening, meeting: 4 }, { of })).finding).toBe('forged')
  })

  it('is not judged where the meeting contradicts itself', async () => {
    await expect(check(opening, { of: { ...told, title: '另一次大会' } })).rejects.toThrow('noticeChanged')
  })

  it('is not judged where a secret meeting is said to be open, so that its ballots would be readable', async () => {
    await expect(check(opening, { of: { ...told, ballots: 'open' as const } })).rejects.toThrow(
      'placeChanged',
    )
  })
})
