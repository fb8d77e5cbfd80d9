import { createApp, defineComponent } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Meeting } from '@/api/types'
import { FateDecided } from '@/chain/fates'
import { decodeOpening } from '@/chain/openedCode'
import { useBallotCode } from '@/owner/composables/useBallotCode'
import { useSecretSigning } from '@/owner/composables/useSecretSigning'
import { createServices, SERVICES } from '@/services'
import { memoryShelves } from '@/store/memory'
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

describe('the code of a ballot on the phone', () => {
  let told: Meeting
  let ballot: SecretBallot
  /** Path and body of every request. */
  let sent: [string, Record<string, unknown>][]
  let signer: Uint8Array<ArrayBuffer> | undefined
  let online: boolean

  beforeEach(async () => {
    told = await meeting()
    ballot = makeBallot(formOf(told), VOTER, CHOICES)
    ;[sent, signer, online] = [[], undefined, true]
    globalThis.fetch = async (input, init) => {
      if (!online) throw new TypeError('no network')
      sent.push([String(input), JSON.parse(String(init!.body))])
      const signature = await countersign(told, ballot.ballotHash, { key: signer })
      return Response.json({ shown_at: SHOWN_AT, signature })
    }
  })

  async function open() {
    let shown!: ReturnType<typeof useBallotCode>
    let signing!: ReturnType<typeof useSecretSigning>
    const services = createServices(memoryShelves(), () => 'zh-CN')
    const view = { community: await community(), meeting: told }
    createApp(
      defineComponent(() => {
        shown = useBallotCode(SLUG, view, VOTER, ballot)
        signing = useSecretSigning(SLUG)
        return () => null
      }),
    )
      .provide(SERVICES, services)
      .mount(document.createElement('div'))
    const sign = async () => {
      await signing.sign(view, ballot, VOTER, '480213')
      return [signing.state.value, signing.error.value]
    }
    return { shown, services, sign }
  }

  it('is countersigned before anything else leaves the phone, and only its hash does', async () => {
    const { shown } = await open()
    await shown.ask()
    expect(shown.state.value).toBe('signed')
    expect(sent).toEqual([
      [
        `/api/communities/yard/meetings/3/secret-ballots/codes`,
        { voter: VOTER, ballot_hash: ballot.ballotHash },
      ],
    ])
  })

  it('is unsigned without a network or with a stranger’s signature; then it cannot be opened', async () => {
    const { shown } = await open()
    online = false
    await shown.ask()
    expect(shown.state.value).toBe('unsigned')
    ;[online, signer] = [true, STRANGER_KEY]
    await shown.ask()
    expect([shown.state.value, String(shown.error.value)]).toEqual(['unsigned', 'Error: codeForged'])
    await shown.open(CHOICES)
    expect([sent.length, shown.link.value]).toEqual([1, ''])
  })

  it('sends the body when it is opened, never a secret; the link has them behind its #', async () => {
    const { shown } = await open()
    await shown.ask()
    await shown.open(CHOICES)
    expect(shown.state.value).toBe('opened')
    const [path, body] = sent[1]!
    expect(path).toBe('/api/communities/yard/meetings/3/secret-ballots/opened')
    expect(Object.keys(body).sort()).toEqual(['body', 'shown_at', 'signature', 'voter'])
    const [address, code] = shown.link.value.split('#')
    expect(address).toBe(`${location.origin}/opened`)
    const { motions, ballotHash } = decodeOpening(code!)
    expect([ballotHash, motions.map(({ choice }) => choice)]).toEqual([ballot.ballotHash, CHOICES])
    for (const { r } of motions) expect(JSON.stringify(sent)).not.toContain(r.slice(2))
  })

  it('is never signed once opening was tried, even if the server did not hear of it', async () => {
    const { shown, services, sign } = await open()
    await shown.ask()
    online = false
    await shown.open(CHOICES)
    expect([shown.state.value, shown.link.value]).toEqual(['failed', ''])
    expect(await sign()).toEqual(['failed', expect.any(FateDecided)])
    expect(await services.shelves.shelf('ballots').all()).toEqual([])
    online = true
    await shown.open(CHOICES)
    expect(shown.state.value).toBe('opened')
  })

  it('is never opened once the ballot may have been signed', async () => {
    const { shown, services } = await open()
    await shown.ask()
    await services.fates.decide(ballot.ballotHash, 'cast')
    await shown.open(CHOICES)
    expect([shown.state.value, sent.length, shown.link.value]).toEqual(['failed', 1, ''])
    expect(shown.error.value).toBeInstanceOf(FateDecided)
  })
})
