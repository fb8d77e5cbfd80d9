/** Follows one ballot of this phone until it is settled. */
import { onUnmounted, shallowRef } from 'vue'
import { isSettled, type KeptBallot } from '@/chain/outbox'
import { useServices } from '@/services'
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
    if (!ballot.value || isSettled(ballot.value)) return
    const before = ballot.value.state
    ballot.value = await outbox.advance(ballot.value)
    pause = ballot.value.state === before ? Math.min(pause * 1.5, LONGEST_MS) : FIRST_MS
    if (!left) timer = setTimeout(() => void follow(), pause)
  }
  const now = () => {
    clearTimeout(timer)
    void follow()
  }
  addEventListener('online', now)
  onUnmounted(() => {
    left = true
    clearTimeout(timer)
    removeEventListener('online', now)
  })

  const load = useLoad(async () => {
    const { key } = await readStanding(services, slug)
    ballot.value = (key && (await outbox.find(slug, meeting, key.voter))) ?? null
    void follow()
    return ballot.value
  })
  return { ...load, ballot }
}
