/** A new PIN, entered twice, and what is wrong with it. */
import { computed, ref } from 'vue'
import { isPin } from '@/chain/keyStore'

/** Weak PINs people choose first: all digits equal, or a run up or down. */
export function isWeakPin(pin: string): boolean {
  return /^(\d)\1+$/.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin)
}

export function usePinChoice() {
  const pin = ref('')
  const again = ref('')
  const problem = computed(() => {
    if (isPin(pin.value) && isWeakPin(pin.value)) return 'pin.weak'
    if (isPin(again.value) && again.value !== pin.value) return 'pin.differs'
    return ''
  })
  const complete = computed(() => isPin(pin.value) && again.value === pin.value && !problem.value)
  return { pin, again, problem, complete }
}
