import { describe, expect, it } from 'vitest'
import type { Hex } from 'viem'
import type { Meeting } from '@/api/types'
import type { Shelves } from '@/store/shelf'
import { closingOf } from '@/owner/composables/useClosing'
import { readDraft, type KeptDraft } from '@/owner/composables/useDraft'
import { afterChoice } from '@/owner/composables/useMotionStep'
import { timeLeft } from '@/owner/composables/timeLeft'
import { unsignedDrafts } from '@/owner/composables/unsignedDrafts'
import { BallotOutbox, type NewBallot } from '@/chain/outbox'
import { KeyStore } from '@/chain/keyStore'
import { Trust } from '@/chain/trust'
import { Api } from '@/api/api'
import { Http } from '@/api/http'
import { memoryShelves } from '@/store/memory'

describe('where a choice leads', () => {
  it('goes on to the next motion, back to one passed over, and to the review once all are chosen', () => {
    expect(afterChoice(0, ['for', null, null])).toBe(1)
    expect(afterChoice(0, ['for', 'against', null])).toBe(1)
    expect(afterChoice(2, ['for', null, 'abstain'])).toBe(1)
    expect(afterChoice(1, ['for', 'against', 'abstain'])).toBe('review')
  })
})

describe('the time left to vote', () => {
  const meeting = {
    chain_time: 0,
    state: 'open' as Meeting['state'],
    opens_at: 1_000,
    intake_closes_at: 10_000,
  }

  it('is early before the opening, soon in the last hour, closed from the close on', () => {
    const at = (now: number) => closingOf(meeting, now)
    expect([999, 1_000, 6_400, 6_401, 9_999, 10_000].map(at)).toEqual([
      'early',
      'open',
      'open',
      'soon',
      'soon',
      'closed',
    ])
  })

  it('is over when the server says so, whatever the clock says', () => {
    expect(closingOf({ ...meeting, state: 'void' }, 2_000)).toBe('closed')
  })

  it('is shown in minutes and two digits of seconds', () => {
    expect(timeLeft(125)).toEqual({ minutes: 2, seconds: '05' })
  })
})

describe('drafts that nobody signed', () => {
  const HASH = `0x${'ab'.repeat(32)}` as Hex
  const meetings = [
    { meeting: 1, title: '一', state: 'open' as const },
    { meeting: 2, title: '二', state: 'closed' as const },
    { meeting: 3, title: '三', state: 'open' as const },
  ]
  const put = (shelves: Shelves, meeting: number, choices: KeptDraft['choices']) =>
    shelves.shelf<KeptDraft>('drafts').put(`yard/${meeting}`, { conveneHash: HASH, choices })
  const servicesOf = (shelves: Shelves) => ({
    shelves,
    keys: new KeyStore(shelves, Date.now, 1),
    outbox: new BallotOutbox(shelves, new Api(new Http(() => 'en')), new Trust(shelves)),
  })

  it('are recalled while their meeting is open, with what is still to choose', async () => {
    const shelves = memoryShelves()
    for (const { meeting } of meetings) await put(shelves, meeting, ['for', meeting === 3 ? 'against' : null])
    expect(await unsignedDrafts(servicesOf(shelves), 'yard', meetings)).toEqual([
      { meeting: 1, title: '一', open: 1 },
      { meeting: 3, title: '三', open: 0 },
    ])
  })

  it('are none when nothing was chosen or the ballot was signed', async () => {
    const shelves = memoryShelves()
    const services = servicesOf(shelves)
    await put(shelves, 1, [null, null])
    await put(shelves, 3, ['for', 'for'])
    const { voter } = await services.keys.create('yard', 7, '480213')
    await services.outbox.keep({ community: 'yard', meeting: 3, voter } as NewBallot)
    expect(await readDraft(shelves, 'yard', 1)).toBeUndefined()
    expect(await unsignedDrafts(services, 'yard', meetings)).toEqual([])
  })
})
