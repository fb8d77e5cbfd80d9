/** A meeting in preparation: what is written here is saved by itself, and every save is answered with the findings. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { Problem } from '@/api/problem'
import { useLoad } from '@/composables/useLoad'
import { useMeetingsApi, type Plan, type PlanContent } from '@/desk/api/meetingsApi'

/** `conflict`: somebody else saved meanwhile; nothing more is saved until it is read again. */
export type SaveState = 'saved' | 'changed' | 'saving' | 'failed' | 'conflict'

const PAUSE_MS = 700

export function usePlan(id: number) {
  const api = useMeetingsApi()
  const plan = shallowRef<Plan>()
  const content = ref<PlanContent>()
  const state = ref<SaveState>('saved')
  const error = shallowRef<unknown>()
  const written = computed(() => JSON.stringify(content.value))
  let kept = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined

  const load = useLoad(async () => take(await api.plan(id)))

  function take(read: Plan): Plan {
    plan.value = read
    content.value = read.content
    kept = JSON.stringify(read.content)
    state.value = 'saved'
    return read
  }

  watch(written, () => {
    if (!content.value || state.value === 'conflict' || written.value === kept) return
    state.value = 'changed'
    clearTimeout(timer)
    timer = setTimeout(() => void save(), PAUSE_MS)
  })

  /** Save what is not saved yet; resolves when nothing is left to save or saving failed. */
  async function save(): Promise<void> {
    clearTimeout(timer)
    // several may have waited for one: whoever comes first saves for all, with the revision that follows
    while (running) await running
    if (!content.value || !plan.value || state.value === 'conflict' || written.value === kept) return
    running = saveNow(content.value, plan.value.revision).finally(() => (running = undefined))
    await running
  }

  async function saveNow(sent: PlanContent, revision: number): Promise<void> {
    const text = written.value
    state.value = 'saving'
    try {
      plan.value = await api.save(id, revision, sent)
      kept = text
      state.value = written.value === kept ? 'saved' : 'changed'
    } catch (cause) {
      error.value = cause
      state.value = cause instanceof Problem && cause.code === 'PLAN_CHANGED' ? 'conflict' : 'failed'
    }
  }

  /** Take in an answer about the documents; what is being written stays. */
  function documentsChanged(read: Plan): void {
    plan.value = read
  }

  const ask = (event: BeforeUnloadEvent): void => {
    if (state.value !== 'saved') event.preventDefault()
  }
  addEventListener('beforeunload', ask)
  onScopeDispose(() => {
    removeEventListener('beforeunload', ask)
    void save() // what was typed a moment before leaving
  })
  return { load, plan, content, state, error, save, documentsChanged }
}

export type PlanDesk = ReturnType<typeof usePlan>
