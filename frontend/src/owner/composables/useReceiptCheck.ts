/** Checks the receipt in the address, or a pasted one, and asks again until its ballot is at rest. */
import { onUnmounted, ref, shallowRef } from 'vue'
import { checkReceipt, isAtRest, type CheckedReceipt } from '@/chain/receiptCheck'
import { CodeRefused, decodeReceipt, type CodeFault } from '@/chain/receiptCode'
import { useServices } from '@/services'

export type CheckState = 'empty' | 'refused' | 'checking' | 'checked' | 'failed'

const AGAIN_MS = 5_000

export function useReceiptCheck() {
  const { api, trust } = useServices()
  const state = ref<CheckState>('empty')
  const fault = ref<CodeFault>('noCode')
  const error = shallowRef<unknown>()
  const found = shallowRef<CheckedReceipt>()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The check under way; an older one that answers late is not shown. */
  let turn = 0
  onUnmounted(() => {
    turn += 1
    clearTimeout(timer)
  })

  async function check(text: string): Promise<void> {
    const mine = ++turn
    clearTimeout(timer)
    if (!text.trim()) return void (state.value = 'empty')
    try {
      const receipt = decodeReceipt(text)
      if (state.value !== 'checked') state.value = 'checking'
      const checked = await checkReceipt(api, trust, receipt)
      if (mine !== turn) return
      found.value = checked
      state.value = 'checked'
      if (!isAtRest(checked)) timer = setTimeout(() => void check(text), AGAIN_MS)
    } catch (cause) {
      if (mine !== turn) return
      error.value = cause
      if (cause instanceof CodeRefused) fault.value = cause.fault
      state.value = cause instanceof CodeRefused ? 'refused' : 'failed'
    }
  }
  return { state, fault, error, found, check }
}
