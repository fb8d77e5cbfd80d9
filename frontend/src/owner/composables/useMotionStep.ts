/** Which motion is in hand. It stands in the address: a reload stays, and the phone's own back button goes back. */
import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Draft } from './useDraft'

/** Where a choice leads: on to the next motion, back to one left open, or to the review once all are chosen. */
export function afterChoice(at: number, choices: Draft): number | 'review' {
  const open = choices.findIndex((choice) => choice === null)
  if (open < 0) return 'review'
  return at + 1 < choices.length ? at + 1 : open
}

export interface MotionStep {
  /** Position of the motion in hand, from 0. */
  at: ComputedRef<number>
  go: (target: number | 'review') => Promise<void>
  begin: (choices: Draft) => Promise<void>
}

/** Steps through `count` motions; `at` follows the address. */
export function useMotionStep(slug: string, meeting: number, count: number): MotionStep {
  const route = useRoute()
  const router = useRouter()
  const params = { slug, meeting }
  const named = computed(() => Number(route.query.motion))
  const at = computed(() => Math.min(Math.max(named.value || 1, 1), count) - 1)
  const place = (target: number | 'review') =>
    target === 'review'
      ? { name: 'confirm', params }
      : { name: 'vote', params, query: { motion: String(target + 1) } }

  async function go(target: number | 'review'): Promise<void> {
    await router.push(place(target))
  }

  /** Without a motion in the address: go on where the draft stopped. */
  async function begin(choices: Draft): Promise<void> {
    if (named.value) return
    const open = choices.findIndex((choice) => choice === null)
    await router.replace(place(open < 0 ? 'review' : open))
  }
  return { at, go, begin }
}
