import { beforeEach, describe, expect, it } from 'vitest'
import type { Address, Hex } from 'viem'
import { encodeFunctionData, parseAbi } from 'viem/utils'
import { createApp } from 'vue'
import golden from '../../../tests/vectors/eip712.json'
import { PinRefused } from '@/chain/keyStore'
import { Distrust } from '@/chain/trust'
import { forwardRequestDigest } from '@/desk/chain/forwarding'
import { beginSession } from '@/desk/composables/session'
import { useAct } from '@/desk/composables/useAct'
import type { Call, ForwardRequest } from '@/desk/api/types'
import { createServices, SERVICES } from '@/services'
import { memoryShelves } from '@/store/memory'

const vector = golden.forward_request
const REQUEST = vector.request as ForwardRequest
const CALL: Call = { to: REQUEST.to, data: REQUEST.data }
const EXPECTS = { name: 'consent', args: { meeting: 3, conveneHash: vector.convene_hash } } as const
const PLACE = {
  chainId: golden.chain_id,
  forwarder: vector.forwarder as Address,
  openMeeting: golden.open_meeting as Address,
  registry: golden.registry as Address,
  notary: golden.registry as Address,
}
const PIN = '480213'
const CHAIN = {
  chain_id: PLACE.chainId,
  forwarder: PLACE.forwarder,
  open_meeting: PLACE.openMeeting,
  registry: PLACE.registry,
  notary: golden.receipt.operator,
  operator: golden.receipt.operator,
}

/** A server that answers as it is told; what was handed in stays to be looked at. */
class Server {
  prepared: unknown = { request: vector.request, digest: vector.digest }
  handedIn: { request: ForwardRequest; signature: Hex }[] = []
  states: unknown[] = [{ state: 'done', transaction: null, code: null, reason: null }]

  readonly fetch: typeof fetch = (input, init) => {
    const path = String(input)
    if (path.endsWith('/prepare')) return answer(this.prepared)
    if (path.endsWith('/acts')) {
      this.handedIn.push(JSON.parse(String(init!.body)))
      return answer({ act: 1 })
    }
    return answer(path.includes('/acts/') ? this.states.shift() : { chain: CHAIN })
  }
}
const answer = (body: unknown) => Promise.resolve(new Response(JSON.stringify(body), { status: 200 }))

describe('an official signs', () => {
  let server: Server
  let act: ReturnType<typeof useAct>

  beforeEach(async () => {
    server = new Server()
    globalThis.fetch = server.fetch
    const username = 'supervisor@yard'
    beginSession({ username, role: 'supervisor', community: 'yard', address: golden.address as Address })
    const services = createServices(memoryShelves(), () => 'zh-CN')
    const app = createApp({ setup: () => ((act = useAct()), () => null) })
    app.provide(SERVICES, services).mount(document.createElement('div'))
    await act.key.bring(golden.secret, PIN)
  })

  /** Try to have `call` signed as what the page announced. */
  async function refuses(call: Call, expects: Parameters<typeof act.prepare>[1] = EXPECTS): Promise<void> {
    await act.prepare([call], expects)
    if (act.state.value === 'confirming') await act.sign(PIN)
    expect(act.state.value).toBe('refused')
    expect(act.error.value).toBeInstanceOf(Distrust)
    expect(server.handedIn).toEqual([])
  }

  it('digests a request as Python and the forwarder do', () => {
    expect(forwardRequestDigest(PLACE, REQUEST)).toBe(vector.digest)
  })

  it('exactly what was announced, with the key that stays here', async () => {
    await act.prepare([CALL], EXPECTS)
    expect(act.shown.value).toEqual([
      { name: 'consent', contract: 'openMeeting', args: { meeting: 3n, conveneHash: vector.convene_hash } },
    ])
    await act.sign(PIN)
    expect(act.error.value).toBeUndefined()
    expect([act.state.value, act.finished.value]).toEqual(['done', 1])
    expect(server.handedIn).toEqual([{ request: vector.request, signature: vector.signature }])
  })

  it('nothing when the call is another function, another meeting or for another contract', async () => {
    const abi = parseAbi(['function voidMeeting(uint256 meeting, bytes32 reasonHash)'])
    const hash = vector.convene_hash as Hex
    await refuses({
      ...CALL,
      data: encodeFunctionData({ abi, functionName: 'voidMeeting', args: [3n, hash] }),
    })
    await refuses(CALL, { name: 'consent', args: { meeting: 4 } })
    await refuses({ ...CALL, to: PLACE.registry })
    await refuses({ ...CALL, data: `${CALL.data}00` })
  })

  it.each([
    ['another call', { data: CALL.data.replace(/.$/, '0') as Hex }],
    ['another contract', { to: PLACE.registry }],
    ['another sender', { from: PLACE.registry }],
    ['money', { value: 1 }],
  ])('nothing when the server prepared %s, though its digest fits', async (_, changed) => {
    const request = { ...REQUEST, ...changed }
    server.prepared = { request, digest: forwardRequestDigest(PLACE, request) }
    await refuses(CALL)
  })

  it('nothing when the digest is of another request', async () => {
    server.prepared = { request: vector.request, digest: golden.receipt.digest }
    await refuses(CALL)
  })

  it('nothing at a wrong PIN, and goes on with the right one', async () => {
    await act.prepare([CALL], EXPECTS)
    await act.sign('111112')
    expect(act.error.value).toBeInstanceOf(PinRefused)
    expect([act.state.value, server.handedIn.length]).toEqual(['confirming', 0])
    await act.sign(PIN)
    expect(act.state.value).toBe('done')
  })

  it('again only what the chain refused, and tells why it did', async () => {
    const refused = { state: 'refused', transaction: null, code: 'RELAY_CONTRACT_REFUSED', reason: 'late' }
    server.states = [refused, { state: 'done', transaction: null, code: null, reason: null }]
    await act.prepare([CALL], EXPECTS)
    await act.sign(PIN)
    expect([act.state.value, act.finished.value]).toEqual(['refused', 0])
    expect(act.error.value).toMatchObject({ reason: 'late' })
    await act.sign(PIN)
    expect([act.state.value, server.handedIn.length]).toEqual(['done', 2])
  })
})
