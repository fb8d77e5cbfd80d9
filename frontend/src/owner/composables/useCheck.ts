/** Checks what a link or code says, and shows the latest that was asked for; again by itself until nothing more can happen. */
import { onUnmounted, ref, shallowRef } from 'vue'
import { CodeRefused, type CodeFault } from '@/chain/receiptCode'

export type CheckState = 'empty' | 'refused' | 'checking' | 'checked' | 'failed'

const AGAIN_MS = 5_000

/** `judge`: reads and checks a text, throws `CodeRefused` for one that is no code; `atRest`: it need not be asked again. */
export function useCheck<T>(judge: (text: string) => Promise<T>, atRest: (found: T) => boolean) {
  const state = ref<CheckState>('empty')
  const fault = ref<CodeFault>('noCode')
  const error = shallowRef<unknown>()
  const found = shallowRef<T>()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The check under way; an older one that answers late is not shown. */
  let turn = 0
  onUnmounted(() => {
    turn += 1
    clearTimeout(timer)
  })

  async function check(text: string): Promise<void> {
    clearTimeout(timer)
    turn += 1
    state.value = text.trim() ? 'checking' : 'empty'
    if (text.trim()) await ask(text)
  }

  /** What is shown stays until the answer is there. */
  async function ask(text: string): Promise<void> {
    const mine = turn
    try {
      const answer = await judge(text)
      if (mine !== turn) return
      found.value = answer
      state.value = 'checked'
      if (!atRest(answer)) timer = setTimeout(() => void ask(text), AGAIN_MS)
    } catch (cause) {
      if (mine !== turn) return
      error.value = cause
      if (cause instanceof CodeRefused) fault.value = cause.fault
      state.value = cause instanceof CodeRefused ? 'refused' : 'failed'
    }
  }
  return { state, fault, error, found, check }
}
