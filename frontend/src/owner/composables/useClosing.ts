/** Watches the time left to hand in a ballot, by the chain's clock as the server told it. */
import { computed, onUnmounted, ref, watch, type ComputedRef } from 'vue'
import type { Meeting } from '@/api/types'

/** `soon`: less than an hour is left. */
export type Closing = 'early' | 'open' | 'soon' | 'closed'

type Window = Pick<Meeting, 'chain_time' | 'intake_closes_at' | 'opens_at' | 'state'>

const HOUR = 3_600
const SECOND_MS = 1_000
const OVER: readonly Meeting['state'][] = ['closed', 'declared', 'final', 'lapsed', 'void']

/** Tell how a meeting stands at `now` (UTC seconds); the server's word that it is over counts. */
export function closingOf(meeting: Window, now: number): Closing {
  if (OVER.includes(meeting.state) || now >= meeting.intake_closes_at) return 'closed'
  if (now < meeting.opens_at) return 'early'
  return meeting.intake_closes_at - now < HOUR ? 'soon' : 'open'
}

/** How far the chain's clock is ahead of the phone's. A meeting kept from before, read offline, tells nothing. */
const aheadBy = (meeting: Window): number => (navigator.onLine ? meeting.chain_time - Date.now() / 1_000 : 0)

/** The state and the seconds left; when the time comes the meeting is asked for again: it may have been extended. */
export function useClosing(meeting: () => Meeting, again: () => Promise<void>) {
  const ahead = computed(() => aheadBy(meeting()))
  const phone = ref(Date.now() / 1_000)
  const timer = setInterval(() => {
    phone.value = Date.now() / 1_000
  }, SECOND_MS)
  onUnmounted(() => clearInterval(timer))
  const now = computed(() => phone.value + ahead.value)
  const closing: ComputedRef<Closing> = computed(() => closingOf(meeting(), now.value))
  const left = computed(() => Math.max(0, Math.ceil(meeting().intake_closes_at - now.value)))
  watch(closing, (to, from) => {
    if (to === 'closed' && from !== 'closed') void again()
  })
  return { closing, left }
}
