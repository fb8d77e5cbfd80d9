/** Loads something a page shows. */
import { shallowRef, type ShallowRef } from 'vue'

export type LoadState = 'loading' | 'ready' | 'failed'

export interface Load<T> {
  state: ShallowRef<LoadState>
  value: ShallowRef<T | undefined>
  error: ShallowRef<unknown>
  reload: () => Promise<void>
}

/** Call `read` at once and again on `reload`; what was shown stays while it is read again. */
export function useLoad<T>(read: () => Promise<T>): Load<T> {
  const state = shallowRef<LoadState>('loading')
  const value = shallowRef<T>()
  const error = shallowRef<unknown>()
  async function reload(): Promise<void> {
    if (state.value === 'failed') state.value = 'loading'
    try {
      value.value = await read()
      state.value = 'ready'
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }
  void reload()
  return { state, value, error, reload }
}
