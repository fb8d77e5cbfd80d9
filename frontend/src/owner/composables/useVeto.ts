/** Stops a change of key with the old key's signature, on the phone that holds it. */
import { computed, ref } from 'vue'
import { placeOf } from '@/api/claims'
import type { KeyChange } from '@/api/types'
import { keyChangeVetoDigest } from '@/chain/eip712'
import { useServices } from '@/services'

export type VetoState = 'idle' | 'signing' | 'sent' | 'failed'

/** `change` is the one on the chain now: what is signed names its key and, once approved, its time. */
export function useVeto(slug: string, voter: number, change: () => KeyChange | undefined) {
  const { api, keys, trust } = useServices()
  const step = ref<VetoState>('idle')
  const error = ref<unknown>()
  const sentFor = ref<number>()
  /** A veto signed before the approval does not hold after it: then it has to be signed once more. */
  const state = computed<VetoState>(() =>
    step.value === 'sent' && change() && change()?.effective_at !== sentFor.value ? 'idle' : step.value,
  )

  async function veto(pin: string): Promise<void> {
    const running = change()
    if (!running) return
    step.value = 'signing'
    try {
      const place = placeOf(await api.community(slug))
      await trust.checkPlace(slug, place)
      const { key: newKey, effective_at: effectiveAt } = running
      const signature = await keys.sign(
        slug,
        voter,
        pin,
        keyChangeVetoDigest(place, { voter, newKey, effectiveAt }),
      )
      await api.vetoKeyChange(slug, voter, running, signature)
      sentFor.value = effectiveAt
      step.value = 'sent'
    } catch (cause) {
      error.value = cause
      step.value = 'failed'
    }
  }
  return { state, error, veto }
}
