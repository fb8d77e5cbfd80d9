/** Checks the opened ballot in the address, or in a pasted link. */
import { onUnmounted, ref, shallowRef } from 'vue'
import { checkOpening, type CheckedOpening } from '@/chain/openedCheck'
import { decodeOpening } from '@/chain/openedCode'
import { CodeRefused, type CodeFault } from '@/chain/receiptCode'
import { useServices } from '@/services'

export type OpenedState = 'empty' | 'refused' | 'checking' | 'checked' | 'failed'

export function useOpenedCheck() {
  const { api, trust } = useServices()
  const state = ref<OpenedState>('empty')
  const fault = ref<CodeFault>('noCode')
  const error = shallowRef<unknown>()
  const found = shallowRef<CheckedOpening>()
  /** The check under way; an older one that answers late is not shown. */
  let turn = 0
  onUnmounted(() => void (turn += 1))

  async function check(text: string): Promise<void> {
    const mine = ++turn
    if (!text.trim()) return void (state.value = 'empty')
    state.value = 'checking'
    try {
      const checked = await checkOpening(api, trust, decodeOpening(text))
      if (mine !== turn) return
      found.value = checked
      state.value = 'checked'
    } catch (cause) {
      if (mine !== turn) return
      error.value = cause
      if (cause instanceof CodeRefused) fault.value = cause.fault
      state.value = cause instanceof CodeRefused ? 'refused' : 'failed'
    }
  }
  return { state, fault, error, found, check }
}
