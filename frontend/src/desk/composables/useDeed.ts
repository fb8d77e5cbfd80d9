/** Something done at the press of a button, once at a time. */
import { ref, shallowRef } from 'vue'

export type DeedState = 'idle' | 'working' | 'done' | 'failed'

export function useDeed() {
  const state = ref<DeedState>('idle')
  const error = shallowRef<unknown>()

  /** Do it unless it is being done; tell whether it went well. */
  async function run(deed: () => Promise<void>): Promise<boolean> {
    if (state.value === 'working') return false
    state.value = 'working'
    error.value = undefined
    try {
      await deed()
      state.value = 'done'
      return true
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
      return false
    }
  }
  return { state, error, run }
}
