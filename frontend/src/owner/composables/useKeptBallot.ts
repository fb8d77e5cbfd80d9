/** Follows one ballot of this phone until it is settled. */
import { onUnmounted, shallowRef } from 'vue'
import { isSettled, type KeptBallot } from '@/chain/outbox'
import { useServices, type Services } from '@/services'
import { forgetDraft } from './useDraft'
import { readStanding } from './useStanding'
import { useLoad } from '@/composables/useLoad'

const FIRST_MS = 1_500
const LONGEST_MS = 15_000

/** The ballot this phone keeps for a meeting, asked after with growing pauses; `null` when there is none. */
export function useKeptBallot(slug: string, meeting: number) {
  const services = useServices()
  const { outbox } = services
  const ballot = shallowRef<KeptBallot | null>(null)
  let pause = FIRST_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  async function follow(): Promise<void> {
    clearTimeout(timer)
    if (left || !ballot.value || isSettled(ballot.value)) return
    const before = ballot.value.state
    ballot.value = await outbox.advance(ballot.value)
    pause = ballot.value.state === before ? Math.min(pause * 1.5, LONGEST_MS) : FIRST_MS
    clearTimeout(timer)
    if (!left) timer = setTimeout(() => void follow(), pause)
  }
  /** Ask at once: the phone is back on the network or in the hand. */
  const now = () => {
    pause = FIRST_MS
    return follow()
  }
  const seen = () => void (document.visibilityState === 'visible' && now())
  addEventListener('online', now)
  document.addEventListener('visibilitychange', seen)
  onUnmounted(() => {
    left = true
    clearTimeout(timer)
    removeEventListener('online', now)
    document.removeEventListener('visibilitychange', seen)
  })

  const load = useLoad(async () => {
    ballot.value = await findBallot(services, slug, meeting)
    const signed = ballot.value && 'body' in ballot.value && ballot.value.state !== 'refused'
    if (signed) await forgetDraft(services.shelves, slug, meeting)
    void follow()
    return ballot.value
  })
  return { ...load, ballot, now }
}

/** The ballot of who is signed in; without a session, of any owner whose key lies on this phone. */
async function findBallot(services: Services, slug: string, meeting: number): Promise<KeptBallot | null> {
  const { owner, key } = await readStanding(services, slug)
  const keys = owner || !key ? [key] : await services.keys.inCommunity(slug)
  const found = await Promise.all(keys.map((each) => each && services.outbox.find(slug, meeting, each.voter)))
  return found.find((ballot) => ballot) ?? null
}
