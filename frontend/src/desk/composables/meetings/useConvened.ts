/** Waits for a convening that is signed, also one signed before this page was opened, and gives the meeting's number. */
import { computed, onScopeDispose, ref, type ComputedRef } from 'vue'
import { useMeetingsApi, type Plan } from '@/desk/api/meetingsApi'

const PAUSE_MS = 1_000

export function useConvened(plan: ComputedRef<Plan>) {
  const api = useMeetingsApi()
  const found = ref<number | null>(null)
  const awaited = ref(false)
  const meeting = computed(() => found.value ?? plan.value.meeting)
  let left = false
  onScopeDispose(() => (left = true))

  /** Ask until it is there, or was refused; an answer that does not come is asked for again. */
  async function follow(): Promise<void> {
    awaited.value = true
    while (!left && meeting.value === null) {
      const read = await api.plan(plan.value.plan).catch(() => undefined)
      if (read?.meeting) found.value = read.meeting
      else if (read?.signed === false) break
      else await new Promise((resume) => setTimeout(resume, PAUSE_MS))
    }
    awaited.value = false
  }
  if (plan.value.signed) void follow()
  return { meeting, follow, awaited }
}
