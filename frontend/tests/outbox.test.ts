import { beforeEach, describe, expect, it } from 'vitest'
import type { Address, Hex } from 'viem'
import golden from '../../tests/vectors/eip712.json'
import { Api } from '@/api/api'
import { Http } from '@/api/http'
import { BallotOutbox, type NewBallot } from '@/chain/outbox'
import { Trust } from '@/chain/trust'
import { memoryShelves } from '@/store/memory'
import type { Shelves } from '@/store/shelf'

type Answer = { status: number; body: unknown } | 'no network'

const row = golden.ballots[0]!
const BALLOT: NewBallot = {
  community: 'yard',
  place: {
    chainId: golden.chain_id,
    registry: golden.registry as Address,
    openMeeting: golden.open_meeting as Address,
    operator: golden.receipt.operator as Address,
  },
  meeting: row.meeting,
  title: '业主大会',
  voter: row.voter,
  choices: row.packed,
  ballotHash: row.digest as Hex,
  signature: row.signature as Hex,
  signedAt: 1_800_000_100,
}
const { digest: _, ...receipt } = golden.receipt
const RECEIVED: Answer = { status: 201, body: { receipt, state: 'received' } }
const TIMES = { received: 1_800_000_123 }

/** The network: each request takes the next answer; what was sent stays to be looked at. */
class Wire {
  answers: Answer[] = []
  readonly sent: { path: string; body: unknown }[] = []

  readonly fetch: typeof fetch = (input, init) => {
    this.sent.push({ path: String(input), body: init?.body && JSON.parse(init.body as string) })
    const answer = this.answers.shift()
    if (!answer || answer === 'no network') return Promise.reject(new TypeError('Failed to fetch'))
    return Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status }))
  }
}

describe('signed ballots on the phone', () => {
  let shelves: Shelves
  let wire: Wire
  const outbox = () => new BallotOutbox(shelves, new Api(new Http(() => 'zh-CN')), new Trust(shelves))
  const found = () => outbox().find('yard', row.meeting, row.voter)

  beforeEach(() => {
    shelves = memoryShelves()
    wire = new Wire()
    globalThis.fetch = wire.fetch
  })

  it('is kept first and received only with a receipt that verifies', async () => {
    const kept = await outbox().keep(BALLOT)
    expect(kept.state).toBe('kept')
    wire.answers = [RECEIVED]
    await outbox().advance(kept)
    expect(await found()).toMatchObject({ state: 'received', receipt, times: TIMES })
    expect(wire.sent).toEqual([
      {
        path: `/api/communities/yard/meetings/${row.meeting}/ballots`,
        body: { voter: row.voter, choices: row.packed, signature: row.signature },
      },
    ])
  })

  it.each<Answer>([
    'no network',
    { status: 502, body: '<html>' },
    { status: 503, body: { code: 'STORAGE_UNAVAILABLE' } },
    { status: 429, body: { code: 'TOO_MANY_REQUESTS' } },
  ])('stays kept, and is sent again later, after %o', async (answer) => {
    await outbox().keep(BALLOT)
    wire.answers = [answer]
    await outbox().advanceAll()
    expect((await found())?.state).toBe('kept')
    wire.answers = [RECEIVED]
    await outbox().advanceAll()
    expect((await found())?.state).toBe('received')
    expect(wire.sent[0]).toEqual(wire.sent[1])
  })

  it('says since when, and why, it could not be sent, until it is', async () => {
    await outbox().keep(BALLOT)
    wire.answers = ['no network']
    await outbox().advanceAll()
    expect((await found())?.trouble).toMatchObject({ why: 'unreachable' })
    wire.answers = [{ status: 401, body: { code: 'SESSION_REQUIRED' } }]
    await outbox().advanceAll()
    expect((await found())?.trouble).toMatchObject({ why: 'busy' })
    wire.answers = [RECEIVED]
    await outbox().advanceAll()
    expect((await found())?.trouble).toBeUndefined()
  })

  it('is sent once, however many ask for it at the same time', async () => {
    const box = outbox()
    const kept = await box.keep(BALLOT)
    wire.answers = [RECEIVED]
    const steps = await Promise.all([box.advance(kept), box.advanceAll(), box.advance(kept)])
    expect(steps[0].state).toBe('received')
    expect(steps[2].state).toBe('received')
    expect(wire.sent).toHaveLength(1)
  })

  it('goes on from where another page has brought it', async () => {
    const kept = await outbox().keep(BALLOT)
    wire.answers = [RECEIVED, { status: 200, body: { state: 'recorded', times: TIMES, receipt } }]
    await outbox().advance(kept)
    expect((await outbox().advance(kept)).state).toBe('recorded')
    expect(wire.sent.at(-1)?.path).toBe(`/api/ballots/${row.digest}`)
  })

  it('is refused by a verdict of the server, and only then may be replaced', async () => {
    wire.answers = [{ status: 409, body: { code: 'BALLOT_MEETING_NOT_OPEN', detail: '会议还没有开始' } }]
    await outbox().advance(await outbox().keep(BALLOT))
    expect(await found()).toMatchObject({
      state: 'refused',
      refusal: { code: 'BALLOT_MEETING_NOT_OPEN', detail: '会议还没有开始' },
    })
    expect(await outbox().keep({ ...BALLOT, choices: '0' })).toMatchObject({ state: 'kept', choices: '0' })
  })

  it('never gives way to another ballot once it is kept', async () => {
    await outbox().keep(BALLOT)
    expect(await outbox().keep({ ...BALLOT, choices: '0' })).toMatchObject({ choices: row.packed })
  })

  it('sends a secret ballot to its own place and believes no receipt over the open meeting', async () => {
    const { choices: _choices, ...rest } = BALLOT as Extract<NewBallot, { choices: string }>
    wire.answers = [RECEIVED]
    await outbox().keep({ ...rest, body: '0x1234', secretMeeting: BALLOT.place.openMeeting })
    await outbox().advanceAll()
    expect(await found()).toMatchObject({ state: 'kept', distrust: 'receiptForged' })
    expect(wire.sent).toEqual([
      {
        path: `/api/communities/yard/meetings/${row.meeting}/secret-ballots`,
        body: { voter: row.voter, body: '0x1234', signature: row.signature },
      },
    ])
  })

  it('stays kept when the receipt does not verify', async () => {
    const forged = { ...receipt, sequence: receipt.sequence + 1 }
    wire.answers = [{ status: 201, body: { receipt: forged, state: 'received' } }]
    await outbox().advance(await outbox().keep(BALLOT))
    expect(await found()).toMatchObject({ state: 'kept', distrust: 'receiptForged' })
    expect((await found())?.receipt).toBeUndefined()
  })

  it('is followed to its final state and not asked about afterwards', async () => {
    const transaction = `0x${'cd'.repeat(32)}`
    wire.answers = [
      RECEIVED,
      { status: 200, body: { state: 'submitted', times: TIMES, receipt, transaction } },
      { status: 200, body: { state: 'recorded', times: TIMES, receipt, transaction, block: 9 } },
      { status: 200, body: { state: 'final', times: TIMES, receipt, transaction, block: 9 } },
    ]
    await outbox().keep(BALLOT)
    const seen = []
    for (let step = 0; step < 5; step++) {
      await outbox().advanceAll()
      seen.push((await found())?.state)
    }
    expect(seen).toEqual(['received', 'submitted', 'recorded', 'final', 'final'])
    expect(wire.sent).toHaveLength(4)
    expect(await found()).toMatchObject({ transaction, block: 9 })
  })

  it('tells why a ballot was refused after its receipt, and keeps the receipt', async () => {
    const verdict = {
      state: 'refused',
      code: 'BALLOT_ALREADY_CAST',
      reason: '已经投过票了',
      times: TIMES,
      receipt,
    }
    wire.answers = [RECEIVED, { status: 200, body: verdict }]
    await outbox().keep(BALLOT)
    await outbox().advanceAll()
    await outbox().advanceAll()
    expect(await found()).toMatchObject({
      state: 'refused',
      refusal: { code: 'BALLOT_ALREADY_CAST', detail: '已经投过票了' },
      receipt,
    })
  })

  it('keeps receipt and state, and says so, when the server forgets a ballot it gave a receipt for', async () => {
    wire.answers = [RECEIVED, { status: 404, body: { code: 'NOT_FOUND' } }]
    await outbox().keep(BALLOT)
    await outbox().advanceAll()
    await outbox().advanceAll()
    expect(await found()).toMatchObject({ state: 'received', receipt, distrust: 'receiptUnknown' })
  })
})
