/** A new PIN, typed twice, and not one that is guessed first. */
import { computed, ref } from 'vue'
import { isPin } from '@/chain/keyStore'
import { isWeakPin } from '@/owner/composables/useKeySetup'

export function useNewPin() {
  const pin = ref('')
  const again = ref('')
  /** Key of the text that says what is wrong, or nothing. */
  const problem = computed(() => {
    if (isPin(pin.value) && isWeakPin(pin.value)) return 'pin.weak'
    if (isPin(again.value) && again.value !== pin.value) return 'pin.differs'
    return ''
  })
  const complete = computed(() => isPin(pin.value) && again.value === pin.value && !problem.value)
  return { pin, again, problem, complete }
}
