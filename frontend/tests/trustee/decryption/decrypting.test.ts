import type { Hex } from 'viem'
import { decodeFunctionData } from 'viem/utils'
import { effectScope } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import type { ForwardRequest } from '@/desk/api/types'
import { forwardRequestDigest } from '@/desk/chain/forwarding'
import { trusteeBoardAbi as abi } from '@/chain/abi/trusteeBoard'
import { memoryShelves } from '@/store/memory'
import type { BoardView } from '@/trustee/chain/board'
import { accountSecretOf } from '@/trustee/chain/derive'
import type { Beside } from '@/trustee/decryption/beside'
import { DecryptionMemory, type Decrypted } from '@/trustee/decryption/memory'
import type { Recount } from '@/trustee/decryption/recount'
import { postCall, sharesOf } from '@/trustee/decryption/shares'
import { useDecryption } from '@/trustee/decryption/useDecryption'
import { eventOf, readEvent } from '@/verifier/release'
import { opened } from '@/wsb/decryption'
import { G, multiplyOpen, readPoint } from '@/wsb/group'
import { ASKER, flipped, Node, offerOf, SEAT } from './meeting'

const RPC = '/api/rpc'
const FORWARDER = ASKER.account
const SHELF = `decrypted/${SEAT.chainId}/${SEAT.board}/${SEAT.meeting}`

vi.setConfig({ testTimeout: 120_000 })
type When = 'sealed' | 'later'
const counts = new Map<When, Promise<Recount>>()
/** One recount of each state serves all tests. */
function counted(when: When): Promise<Recount> {
  const count = counts.get(when) ?? new Node(when).recount()
  counts.set(when, count)
  return count
}

/** A trustee's page over a recorded node; what reaches the server is in `posted`. */
async function visit(when: When, shelves = memoryShelves(), away = () => false) {
  const posted: { stage: number; first: number; words: readonly bigint[] }[] = []
  const { facts } = await counted(when)
  const board = { ...offerOf(facts), run: null, seats: [] } as unknown as BoardView
  let recount: Recount | undefined
  const beside: Beside = {
    async recount(rpc, asker) {
      expect(rpc).toBe(RPC)
      expect(asker).toEqual(ASKER)
      recount = await counted(when)
      return { facts: recount.facts, seconds: 1 }
    },
    share: (stage) => Promise.resolve(sharesOf(recount!, stage)),
    end() {},
  }
  const api = {
    prepareAct(from: Hex, data: Hex) {
      const request: ForwardRequest = {
        ...{ from, to: SEAT.board, value: 0, gas: 1, nonce: posted.length, deadline: 1, data },
      }
      const digest = forwardRequestDigest({ chainId: SEAT.chainId, forwarder: FORWARDER }, request)
      return Promise.resolve({ request, digest })
    },
    handInAct({ data }: ForwardRequest) {
      if (away()) throw new Error('the server is away')
      const { args } = decodeFunctionData({ abi, data })
      const [, stage, first, words] = args as readonly [bigint, number, number, readonly bigint[]]
      posted.push({ stage, first, words })
      return Promise.resolve({ act: posted.length })
    },
    act: () => Promise.resolve({ state: 'done', transaction: null, code: null, reason: null } as const),
  }
  const scope = effectScope()
  const page = scope.run(() =>
    useDecryption({
      seat: { community: 'garden', seat: 1, label: '监事', account: ASKER.account, place: SEAT },
      seed: () => ASKER.seed,
      board: () => board,
      refresh: () => Promise.resolve(),
      registry: () => Promise.resolve(ASKER.registry),
      rpc: RPC,
      sender: () =>
        Promise.resolve({
          ...{ api, chainId: SEAT.chainId, forwarder: FORWARDER, board: SEAT.board, account: ASKER.account },
          secret: accountSecretOf(ASKER.seed, SEAT),
        }),
      memory: new DecryptionMemory(shelves),
      beside,
    }),
  )!
  await page.count()
  return { page, posted, leave: () => scope.stop() }
}

/** The points that a trustee posted for a stage on the recorded chain, in order. */
function sharedBy(node: Node, trustee: number) {
  return node.logs('TrusteeBoard', 'SharesPosted').flatMap(({ topics, data }) => {
    const said = readEvent(eventOf('TrusteeBoard', topics[0]!)!, topics, data)
    return said.trustee === trustee ? pointsOf(said.words as bigint[]) : []
  })
}
const pointsOf = (words: readonly bigint[]) =>
  Array.from({ length: words.length / 4 }, (_, at) => readPoint(words[4 * at]!, words[4 * at + 1]!)!)

describe('a trustee decrypts', () => {
  it('with shares that open, beside those of one other, what was opened without it', async () => {
    const { page, posted } = await visit('sealed')
    expect(page.state.value).toBe('found')
    await page.decrypt()
    expect(page.state.value).toBe('shared')
    expect(posted).toMatchObject([{ stage: 0, first: 0 }])
    const { facts, tally } = await counted('later')
    const [own, other] = [pointsOf(posted[0]!.words), sharedBy(new Node('later'), 2)]
    facts.stages[0]!.sums.forEach((sum, at) => {
      const shares = [
        { trustee: 1, d: own[at]! },
        { trustee: 2, d: other[at]! },
      ]
      const value = opened(tally!.opened.pair(sum)[1], shares)
      expect(value.equals(multiplyOpen(G, BigInt(sum.value!)))).toBe(true)
    })
  })

  it('the second stage alone when the first is open', async () => {
    const { page, posted } = await visit('later')
    await page.decrypt()
    expect(posted.map(({ stage, words }) => [stage, words.length])).toEqual([[1, 4]])
  })

  it('again with the very same shares after its call was lost, and remembers before it sends', async () => {
    const shelves = memoryShelves()
    let away = true
    const lost = await visit('sealed', shelves, () => away)
    await lost.page.decrypt()
    expect([lost.page.state.value, lost.posted]).toEqual(['failed', []])
    const kept = await shelves.shelf<Decrypted>('trustees').get(SHELF)
    expect(Object.keys(kept!.sums)).toHaveLength(8)
    lost.leave()
    away = false
    const again = await visit('sealed', shelves)
    await again.page.decrypt()
    expect(again.page.state.value).toBe('shared')
    await again.page.count()
    expect(again.page.state.value).toBe('found')
  })

  it('nothing when another tab decrypted something else meanwhile', async () => {
    const shelves = memoryShelves()
    const { page, posted } = await visit('sealed', shelves)
    const { context, sealHash } = page.facts.value!
    const other: Decrypted = { context: context!, sealHash: flipped(sealHash!), sums: {} }
    await shelves.shelf<Decrypted>('trustees').put(SHELF, other)
    await page.decrypt()
    expect([page.state.value, posted]).toEqual(['refused', []])
    expect(page.refusals.value.map(({ reason }) => reason)).toEqual(['secondSeal'])
    await page.decrypt()
    expect(posted).toEqual([])
  })

  it('in calls of forty shares', () => {
    const words = Array.from({ length: 90 }, (_, at) => [BigInt(at), 0n, 0n, 0n])
    const cut = [0, 40, 80].map((first) => postCall(1, 0, first, words)!.shares)
    expect(cut).toEqual([40, 40, 10])
    expect(postCall(1, 0, 90, words)).toBeUndefined()
  })
})
