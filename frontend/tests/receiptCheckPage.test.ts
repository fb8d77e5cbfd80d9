import { createApp, defineComponent } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Address, Hex } from 'viem'
import golden from '../../tests/vectors/eip712.json'
import { encodeReceipt } from '@/chain/receiptCode'
import { useReceiptCheck } from '@/owner/composables/useReceiptCheck'
import { createServices, SERVICES } from '@/services'
import { memoryShelves } from '@/store/memory'

const { receipt: row } = golden
const codeOf = (community: string): string =>
  encodeReceipt({
    community,
    chainId: golden.chain_id,
    contract: golden.open_meeting as Address,
    meeting: row.meeting,
    voter: row.voter,
    ballotHash: row.ballot_hash as Hex,
    sequence: row.sequence,
    receivedAt: row.received_at,
    signature: row.signature as Hex,
  })
const PLACE = {
  chain_id: golden.chain_id,
  registry: golden.registry,
  open_meeting: golden.open_meeting,
  operator: row.operator,
}

describe('a page that checks a receipt', () => {
  /** What the server says of the ballot, one state an answer; the last one stays. */
  let states: string[]
  let asked: string[]
  /** Answers about this community wait until they are let go. */
  let held: { community: string; go: () => void } | undefined

  beforeEach(() => {
    vi.useFakeTimers()
    states = ['received']
    asked = []
    held = undefined
    globalThis.fetch = async (input) => {
      const path = String(input)
      asked.push(path)
      const [, slug] = /communities\/(\w+)$/.exec(path) ?? []
      if (held && slug === held.community) await new Promise<void>((resolve) => (held!.go = resolve))
      if (slug) return Response.json({ name: slug, chain: PLACE })
      if (path.includes('/meetings/')) return Response.json({ title: '业主大会' })
      return Response.json({ state: states.length > 1 ? states.shift() : states[0], times: {} })
    }
  })
  afterEach(() => vi.useRealTimers())

  function open() {
    let page!: ReturnType<typeof useReceiptCheck>
    const app = createApp(
      defineComponent(() => {
        page = useReceiptCheck()
        return () => null
      }),
    )
    app.provide(
      SERVICES,
      createServices(memoryShelves(), () => 'zh-CN'),
    )
    app.mount(document.createElement('div'))
    return { page, app }
  }

  it('asks again by itself until the ballot is final, and not after that', async () => {
    states = ['received', 'recorded', 'final']
    const { page } = open()
    await page.check(codeOf('yard'))
    expect(page.found.value).toMatchObject({ proof: 'genuine', whereabouts: 'received' })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(page.found.value?.whereabouts).toBe('recorded')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(page.found.value?.whereabouts).toBe('final')
    const before = asked.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(before)
  })

  it('asks nobody about a damaged code, and says that it is damaged', async () => {
    const { page } = open()
    await page.check(codeOf('yard').slice(0, -2))
    expect([page.state.value, page.fault.value]).toEqual(['refused', 'damaged'])
    await page.check('  ')
    expect(page.state.value).toBe('empty')
    expect(asked).toEqual([])
  })

  it('shows the receipt that was pasted last, whatever is answered first', async () => {
    held = { community: 'slow', go: () => undefined }
    const { page } = open()
    const slow = page.check(codeOf('slow'))
    await page.check(codeOf('quick'))
    held.go()
    await slow
    expect(page.found.value?.community).toBe('quick')
  })

  it('stops asking when it is left', async () => {
    const { page, app } = open()
    await page.check(codeOf('yard'))
    const before = asked.length
    app.unmount()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toHaveLength(before)
  })
})
