/** A secret meeting as an honest server tells it, with keys that are the tests' own. Motions 2 and 3 share a cap of one. */
import type { Address, Hex } from 'viem'
import { meetingClaim } from '@/api/claims'
import type { Community, Meeting } from '@/api/types'
import type { Choice } from '@/chain/choices'
import { conveneHash, textHash } from '@/chain/eip712'
import { checkedForm } from '@/chain/secretForm'
import { addressOf, signDigest } from '@/chain/signing'
import type { SecretPlace } from '@/wsb/ballot'
import { ballotCodeDigest } from '@/wsb/code'
import { contextOf } from '@/wsb/context'
import { G, multiply } from '@/wsb/group'
import { words } from '@/wsb/hashing'

export const SLUG = 'yard'
export const VOTER = 17
export const SHOWN_AT = 1_800_000_000
export const CHOICES: Choice[] = ['for', 'against', 'abstain', 'for']
const CHAIN_ID = 20_278
const OPERATOR_KEY = new Uint8Array(32).fill(7)
export const STRANGER_KEY = new Uint8Array(32).fill(9)
const at = (number: number) => `0x${String(number).repeat(40)}` as Address
const hash = (number: number) => `0x${String(number).repeat(64)}` as Hex
const FAVOUR = multiply(G, 1234567n)
const AGAINST = multiply(G, 7654321n)
const HEADINGS = ['选聘物业', '使用维修资金', '候选人甲', '候选人乙']

/** The community, with whoever signs for the operator. */
export async function community(): Promise<Community> {
  const chain = {
    chain_id: CHAIN_ID,
    registry: at(1),
    open_meeting: at(2),
    secret_meeting: at(5),
    trustee_board: at(4),
    notary: at(3),
    forwarder: at(6),
    operator: await addressOf(OPERATOR_KEY),
  }
  return {
    slug: SLUG,
    name: '小院',
    district: '',
    address: '',
    chain,
    units_hint: { buildings: [] },
  } as Community
}

/** A meeting of this number, every hash of it right. */
export async function meeting(number = 3): Promise<Meeting> {
  const told = {
    meeting: number,
    ballots: 'secret',
    title: '业主大会',
    notice: '公告',
    state: 'open',
    chain: { chain_id: CHAIN_ID, open_meeting: at(2), contract: at(5) },
    convene_hash: hash(0),
    convening: {
      scope_hash: hash(1),
      opens_at: SHOWN_AT - 60,
      closes_at: SHOWN_AT + 86_400,
      rules: { rules_hash: hash(2), notice_period: 1, roll_period: 1, paper_period: 1, objection_period: 1 },
      documents: [{ hash: textHash('业主大会', '公告'), name: '', url: '' }],
      motions: HEADINGS.map((title, position) => ({
        ...{
          position,
          matter: 4,
          majority: 'ordinary',
          title,
          text: '正文',
          text_hash: textHash(title, '正文'),
        },
        ...{ group: position > 1 ? 1 : 0, cap: position > 1 ? 1 : 0 },
      })),
    },
  } as unknown as Meeting
  const claim = meetingClaim(await community(), told)
  told.convene_hash = conveneHash(claim.place, claim.contract, number, claim.convening)
  const keys = {
    roll_digest: hash(3),
    trustee_set_hash: hash(4),
    threshold: 2,
    trustees: 3,
    in_favour: `0x${words(FAVOUR)}`,
    against: `0x${words(AGAINST)}`,
    seal_hash: null,
  }
  const context = contextOf({
    ...{ chainId: CHAIN_ID, secretMeeting: at(5), meeting: number, conveneHash: told.convene_hash },
    ...{ rollDigest: hash(3), trusteeSetHash: hash(4), threshold: 2, trustees: 3 },
    keys: { inFavour: FAVOUR.toAffine(), against: AGAINST.toAffine() },
  })
  return { ...told, keys: { ...keys, context } }
}

/** What the meeting's ballots are made with. */
export const formOf = (told: Meeting) => checkedForm(told)!

/** A countersignature, the operator's unless somebody else signs. */
export function countersign(
  told: Meeting,
  ballotHash: Hex,
  { key = OPERATOR_KEY, voter = VOTER } = {},
): Promise<Hex> {
  const place: SecretPlace = { chainId: CHAIN_ID, secretMeeting: told.chain.contract }
  const code = { meeting: told.meeting, voter, ballotHash, shownAt: SHOWN_AT }
  return signDigest(key, ballotCodeDigest(place, code))
}
