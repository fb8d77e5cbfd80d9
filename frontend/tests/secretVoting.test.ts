import { createApp, defineComponent } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Meeting } from '@/api/types'
import { readDraft, type KeptDraft } from '@/owner/composables/useDraft'
import { receiptFile } from '@/owner/composables/saveReceipt'
import { useSecretSigning } from '@/owner/composables/useSecretSigning'
import { KeptBefore } from '@/chain/outbox'
import { signedBy } from '@/chain/signing'
import { createServices, SERVICES, type Services } from '@/services'
import { memoryShelves } from '@/store/memory'
import type { ShelfName } from '@/store/shelf'
import { secretBallotDigest } from '@/wsb/ballot'
import { makeBallot, type SecretBallot } from '@/wsb/proving'
import { CHOICES, community, formOf, meeting, SLUG, VOTER } from './secretYard'

const PIN = '480213'
const SHELVES: ShelfName[] = ['ballots', 'fates', 'drafts', 'meetings', 'contexts', 'views']

describe('signing a secret ballot on the phone', () => {
  let told: Meeting
  let ballot: SecretBallot
  let services: Services
  let page: ReturnType<typeof useSecretSigning>

  beforeEach(async () => {
    told = await meeting()
    ballot = makeBallot(formOf(told), VOTER, CHOICES)
    globalThis.fetch = () => Promise.reject(new TypeError('no network'))
    services = createServices(memoryShelves(), () => 'zh-CN')
    await services.keys.create(SLUG, VOTER, PIN)
    const draft: KeptDraft = { conveneHash: told.convene_hash, choices: CHOICES }
    await services.shelves.shelf<KeptDraft>('drafts').put(`${SLUG}/${told.meeting}`, draft)
    page = mounted()
  })

  /** A page of the phone that signs. */
  function mounted(): ReturnType<typeof useSecretSigning> {
    let made!: ReturnType<typeof useSecretSigning>
    createApp(
      defineComponent(() => {
        made = useSecretSigning(SLUG)
        return () => null
      }),
    )
      .provide(SERVICES, services)
      .mount(document.createElement('div'))
    return made
  }

  const sign = async (pin = PIN) =>
    page.sign({ community: await community(), meeting: told }, ballot, VOTER, pin)
  const kept = () => services.outbox.find(SLUG, told.meeting, VOTER)
  const draft = () => readDraft(services.shelves, SLUG, told.meeting)

  it('goes on without a network; what was signed stands for the ballot, and the key signed it', async () => {
    await sign()
    expect(page.state.value).toBe('kept')
    const found = (await kept())!
    const { address } = (await services.keys.find(SLUG, VOTER))!
    const place = { chainId: told.chain.chain_id, secretMeeting: told.chain.contract }
    const of = { meeting: told.meeting, voter: VOTER, ballotHash: ballot.ballotHash }
    expect(found.ballotHash).toBe(secretBallotDigest(place, of))
    expect(await signedBy(address, found.ballotHash, found.signature)).toBe(true)
    expect(JSON.parse(receiptFile(found))).toMatchObject({
      chain: { secret_meeting: told.chain.contract },
      ballot: { body: ballot.body, signature: found.signature },
    })
  })

  it('leaves neither choices nor randomness behind', async () => {
    await sign()
    expect(await draft()).toBeUndefined()
    const all = await Promise.all(SHELVES.map((name) => services.shelves.shelf(name).all()))
    const text = JSON.stringify(all)
    expect(text).toContain(ballot.body)
    expect(text).not.toContain('choices')
    for (const secret of ballot.secrets) {
      expect(text).not.toContain(secret.toString(16))
      expect(text).not.toContain(secret.toString())
    }
  })

  it('keeps the choices after a wrong PIN, and the same ballot may then be checked or cast', async () => {
    await sign('480214')
    expect(page.state.value).toBe('failed')
    expect(await kept()).toBeUndefined()
    expect((await draft())?.choices).toEqual(CHOICES)
    await sign()
    expect(page.state.value).toBe('kept')
  })

  it('is signed under one attempt: a second tap with a wrong PIN takes nothing back', async () => {
    await Promise.all([sign(), sign('480214')])
    expect(page.state.value).toBe('kept')
    await expect(services.fates.decide(ballot.ballotHash, 'opened')).rejects.toMatchObject({ fate: 'cast' })
  })

  it('says so when another page of the phone has kept a ballot before', async () => {
    const other = makeBallot(formOf(told), VOTER, CHOICES)
    await page.sign({ community: await community(), meeting: told }, other, VOTER, PIN)
    const first = (await kept())!.ballotHash
    page = mounted()
    await sign()
    expect(page.state.value).toBe('failed')
    expect(page.error.value).toBeInstanceOf(KeptBefore)
    expect((await kept())!.ballotHash).toBe(first)
  })

  it('never signs a ballot that was opened', async () => {
    await services.fates.decide(ballot.ballotHash, 'opened')
    await sign()
    expect(page.state.value).toBe('failed')
    expect(await kept()).toBeUndefined()
  })
})
