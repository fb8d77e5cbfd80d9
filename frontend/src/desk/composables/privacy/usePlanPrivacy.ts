/**
 * The privacy check that will be frozen with a plan. What is expected in the call is the hash of the text that is
 * shown here; when the roll changed since the person last looked, `before` holds what they saw.
 */
import { computed, shallowRef, watch } from 'vue'
import { keccak256, stringToBytes } from 'viem/utils'
import { Problem } from '@/api/problem'
import { useLoad } from '@/composables/useLoad'
import type { Plan } from '@/desk/api/meetingsApi'
import { usePrivacyApi, type PrivacyFigures } from '@/desk/api/privacyApi'

interface Seen {
  hash: string
  figures: PrivacyFigures
}

const place = (plan: number) => `wanjia.privacy.${plan}`

/** What this person saw last in this tab. */
function lastSeen(plan: number): Seen | undefined {
  const kept = sessionStorage.getItem(place(plan))
  return kept ? (JSON.parse(kept) as Seen) : undefined
}

/** `changed` is told when the server knows another roll than this page does. */
export function usePlanPrivacy(plan: () => Plan, changed: () => Promise<void> = async () => {}) {
  const api = usePrivacyApi()
  const before = shallowRef<PrivacyFigures>()

  const load = useLoad(async () => {
    const check = await api.plan(plan().plan)
    const hash = keccak256(stringToBytes(check.document.text))
    const seen = lastSeen(plan().plan)
    if (seen && seen.hash !== hash) before.value = seen.figures
    sessionStorage.setItem(place(plan().plan), JSON.stringify({ hash, figures: check.figures }))
    return { ...check, hash }
  })
  const check = computed(() => load.value.value)
  const hash = computed(() => (load.state.value === 'ready' ? check.value?.hash : undefined))

  // What is written may have been saved only now, with another scope.
  watch(
    () => plan().privacy,
    (now) => now && now !== check.value?.hash && void load.reload(),
  )

  /** Fetch what is to be signed; a refusal because the roll changed shows the new check beside the old one. */
  async function withCheck<T>(fetch: () => Promise<T>): Promise<T> {
    try {
      return await fetch()
    } catch (cause) {
      if (cause instanceof Problem && cause.code === 'PLAN_PRIVACY_CHANGED') {
        await Promise.all([load.reload(), changed()])
      }
      throw cause
    }
  }
  return { load, before, hash, withCheck }
}

export type PlanPrivacyDesk = ReturnType<typeof usePlanPrivacy>
