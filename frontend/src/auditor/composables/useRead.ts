/** Reads what a page shows, and again when its address changes. */
import { shallowRef, watch } from 'vue'
import type { Load, LoadState } from '@/composables/useLoad'

/** Read for `key`; an answer that comes after the key has changed is dropped. */
export function useRead<K, T>(key: () => K, read: (key: K) => Promise<T>): Load<T> {
  const state = shallowRef<LoadState>('loading')
  const value = shallowRef<T>()
  const error = shallowRef<unknown>()
  let turn = 0
  async function reload(): Promise<void> {
    const own = ++turn
    state.value = 'loading'
    try {
      const found = await read(key())
      if (own !== turn) return
      value.value = found
      state.value = 'ready'
    } catch (cause) {
      if (own !== turn) return
      error.value = cause
      state.value = 'failed'
    }
  }
  watch(key, reload, { immediate: true })
  return { state, value, error, reload }
}
