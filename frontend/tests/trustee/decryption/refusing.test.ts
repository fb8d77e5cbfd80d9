import { encodeAbiParameters } from 'viem/utils'
import type { Hex } from 'viem'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { judge, type Offer, type Reason } from '@/trustee/decryption/judge'
import type { Decrypted } from '@/trustee/decryption/memory'
import { nameOf, waitingStage, type Facts } from '@/trustee/decryption/facts'
import type { Recount } from '@/trustee/decryption/recount'
import { ASKER, flipped, MEETING, Node, offerOf, SEAT } from './meeting'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
const NOBODY: Hex = `0x${'00'.repeat(12)}${'ab'.repeat(20)}`
const reasonsOf = (facts: Facts, offer: Offer = offerOf(facts), memory?: Decrypted): Reason[] =>
  judge(facts, SEAT, offer, memory).map(({ reason }) => reason)

let sealed: Recount
let later: Recount
beforeAll(async () => {
  sealed = await new Node().recount()
  later = await new Node('later').recount()
})

describe('an honest meeting', () => {
  it('is decrypted as soon as it is sealed: no check of the audit has to wait for the result', () => {
    expect(sealed.facts.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(reasonsOf(sealed.facts)).toEqual([])
    expect(sealed.facts).toMatchObject({ ballots: 34, trustee: 1, trustees: 3, keys: 'own' })
    expect(waitingStage(sealed.facts)).toMatchObject({ stage: 0, posted: [0, 0, 0] })
    expect(waitingStage(sealed.facts)!.sums).toHaveLength(8)
  })

  it('is decrypted in its second stage, of the one motion that rounded areas leave open', () => {
    expect(reasonsOf(later.facts)).toEqual([])
    expect(later.facts.stages[0]).toMatchObject({ stage: 0, posted: [0, 8, 8] })
    expect(waitingStage(later.facts)).toMatchObject({ stage: 1, sums: [{ motion: 1, level: 2, side: 0 }] })
  })
})

/** A dishonest node, and the reason that its change has to be refused for. */
const FORGERIES: Record<string, [Reason, (node: Node) => void]> = {
  'a twin contract holds the meeting': [
    'twin',
    (node) => node.falsify(ASKER.registry, 'OwnerRegistry', 'meetingContractOf', [MEETING], () => NOBODY),
  ],
  'the contract has another code': [
    'otherCode',
    (node) => {
      const codes = node.recording.code as Record<string, Hex>
      const [largest] = Object.entries(codes).sort(([, a], [, b]) => b.length - a.length)[0]!
      codes[largest] = flipped(codes[largest]!)
    },
  ],
  'another chain': ['otherChain', (node) => (node.recording.chainId = '0x1')],
  'another context': [
    'otherContext',
    (node) => node.falsify(node.link('secretMeeting'), 'SecretMeeting', 'contextOf', [MEETING], flipped),
  ],
  'the trustee never approved': [
    'otherKeys',
    (node) => node.drop(node.logs('TrusteeBoard', 'KeysApproved')[0]!),
  ],
  'an electorate of one: everybody else is nearly nothing': [
    'smallElectorate',
    (node) =>
      node.retell('SecretMeeting', node.logs('SecretMeeting', 'RollPublished')[0]!, (args) => ({
        ...args,
        words: [1_000_000_000n << 32n, ...(args.words as bigint[]).slice(1)],
      })),
  ],
  'ballots withheld': ['withheld', (node) => node.drop(node.logs('SecretMeeting', 'BallotsCast')[1]!)],
  'without half the ballots there is no quorum': [
    'noQuorum',
    (node) => node.drop(node.logs('SecretMeeting', 'BallotsCast')[0]!),
  ],
  'another aggregate': [
    'otherSums',
    (node) =>
      node.falsify(node.link('secretMeeting'), 'SecretMeeting', 'aggregateOf', [MEETING, 0n, 1n], flipped),
  ],
  'another seal': [
    'otherSeal',
    (node) => node.falsify(node.link('secretMeeting'), 'SecretMeeting', 'sealHashOf', [MEETING], flipped),
  ],
  'no seal': ['notSealed', (node) => node.drop(node.logs('SecretMeeting', 'BallotsSealed')[0]!)],
  'a meeting voided after its seal': [
    'voided',
    (node) =>
      node.insertAfter(
        node.logs('SecretMeeting', 'BallotsSealed')[0]!,
        'SecretMeeting',
        'MeetingVoided',
        encodeAbiParameters(
          [{ type: 'bytes32' }, { type: 'address' }],
          [`0x${'11'.repeat(32)}`, ASKER.account],
        ),
      ),
  ],
  'a header that does not follow the one before': [
    'audit',
    (node) => {
      const blocks = node.recording.blocks as Record<string, { parentHash: Hex }>
      const number = Math.max(...Object.keys(blocks).map(Number))
      blocks[number]!.parentHash = flipped(blocks[number]!.parentHash)
    },
  ],
}

describe('a dishonest node', () => {
  it.each(Object.keys(FORGERIES))('%s', async (name) => {
    const [reason, forge] = FORGERIES[name]!
    const node = new Node()
    forge(node)
    const { facts } = await node.recount()
    expect(reasonsOf(facts, offerOf(sealed.facts))).toContain(reason)
  })

  it('has another board than the seat was taken on', () => {
    const seat = { ...SEAT, board: ASKER.account }
    expect(judge(sealed.facts, seat, offerOf(sealed.facts), undefined)).toEqual([
      { reason: 'otherBoard', checks: [] },
    ])
  })

  it('shows keys that another seed made, and gives no secret to share with', async () => {
    const { facts, secrets } = await new Node().recount({ ...ASKER, seed: new Uint8Array(32) })
    expect(reasonsOf(facts)).toEqual(['otherKeys'])
    expect(secrets).toBeUndefined()
  })

  it('offers the exact area of a motion that is decided without it', () => {
    const decided = [{ motion: 0, level: 2, side: 0 as const, a: NOBODY }]
    const offer = { ...offerOf(later.facts), stage: { stage: 1 as const, aggregates: decided } }
    expect(reasonsOf(later.facts, offer)).toEqual(['decided', 'otherStage'])
  })

  it('offers other sums, in another order, or too early', () => {
    const stage = offerOf(sealed.facts).stage!
    const offered = (aggregates: typeof stage.aggregates, number: 0 | 1 = 0) =>
      reasonsOf(sealed.facts, { ...offerOf(sealed.facts), stage: { stage: number, aggregates } })
    const [first, ...rest] = stage.aggregates
    expect(offered([{ ...first!, a: NOBODY }, ...rest])).toEqual(['otherSums'])
    expect(offered([...rest, first!])).toEqual(['otherStage'])
    expect(offered(offerOf(later.facts).stage!.aggregates, 1)).toEqual(['decided', 'otherStage'])
  })
})

describe('a second tally', () => {
  const memory = (): Decrypted => ({
    context: sealed.facts.context!,
    sealHash: sealed.facts.sealHash!,
    sums: Object.fromEntries(sealed.facts.stages[0]!.sums.map((sum) => [nameOf(sum), sum.a])),
  })

  it('of the very same sums gives the same shares and does no harm', () => {
    expect(reasonsOf(sealed.facts, undefined, memory())).toEqual([])
    expect(reasonsOf(later.facts, undefined, memory())).toEqual([])
  })

  it('of another seal or another context is refused', () => {
    const facts = sealed.facts
    const other = flipped(facts.sealHash!)
    expect(reasonsOf(facts, undefined, { ...memory(), sealHash: other })).toEqual(['secondSeal'])
    expect(reasonsOf(facts, undefined, { ...memory(), context: other })).toEqual(['secondSeal'])
  })

  it('of another sum under the same name is refused', () => {
    const before = memory()
    const sums = { ...before.sums, '1/0/1': flipped(before.sums['1/0/1']!) }
    expect(reasonsOf(sealed.facts, undefined, { ...before, sums })).toEqual(['secondTally'])
  })
})
