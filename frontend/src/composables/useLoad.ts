/** Loads something a page shows. */
import { shallowRef, type ShallowRef } from 'vue'

export type LoadState = 'loading' | 'ready' | 'failed'

export interface Load<T> {
  state: ShallowRef<LoadState>
  value: ShallowRef<T | undefined>
  error: ShallowRef<unknown>
  /** Read again because a person asked: a failure is shown. */
  reload: () => Promise<void>
}

/** One that may also be read again unasked. */
export interface LiveLoad<T> extends Load<T> {
  /** A failure leaves what is shown. Tells whether it could be read. */
  refresh: () => Promise<boolean>
  /** Resolves, never rejects, when the first answer or failure is there. */
  settled: Promise<void>
}

/** Call `read` at once and again on `reload` and `refresh`; what was shown stays while it is read again. */
export function useLoad<T>(read: () => Promise<T>): LiveLoad<T> {
  const state = shallowRef<LoadState>('loading')
  const value = shallowRef<T>()
  const error = shallowRef<unknown>()
  let latest = 0

  /** Read; what was asked for later wins over an answer that comes late. */
  async function take(): Promise<unknown> {
    const turn = ++latest
    try {
      const found = await read()
      if (turn === latest) {
        value.value = found
        state.value = 'ready'
      }
      return undefined
    } catch (cause) {
      return turn === latest ? (cause ?? new Error('nothing was said')) : undefined
    }
  }
  async function reload(): Promise<void> {
    if (state.value === 'failed') state.value = 'loading'
    const cause = await take()
    if (cause === undefined) return
    error.value = cause
    state.value = 'failed'
  }
  async function refresh(): Promise<boolean> {
    if (state.value !== 'ready') await reload()
    else if ((await take()) !== undefined) return false
    return state.value === 'ready'
  }
  return { state, value, error, reload, refresh, settled: reload() }
}
