/** Makes the owner's key on this phone and hands its address, never the key, to the server. */
import { computed, ref } from 'vue'
import { placeOf } from '@/api/claims'
import { isPin } from '@/chain/keyStore'
import { possessionDigest } from '@/chain/eip712'
import { useServices } from '@/services'

export type KeySetupState = 'idle' | 'making' | 'done' | 'failed'

/** Weak PINs people choose first: all digits equal, or a run up or down. */
export function isWeakPin(pin: string): boolean {
  return /^(\d)\1+$/.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin)
}

export function useKeySetup(slug: string) {
  const { api, keys, trust } = useServices()
  const state = ref<KeySetupState>('idle')
  const error = ref<unknown>()
  const pin = ref('')
  const again = ref('')
  const problem = computed(() => {
    if (isPin(pin.value) && isWeakPin(pin.value)) return 'pin.weak'
    if (isPin(again.value) && again.value !== pin.value) return 'pin.differs'
    return ''
  })
  const complete = computed(() => isPin(pin.value) && again.value === pin.value && !problem.value)

  async function make(): Promise<void> {
    state.value = 'making'
    try {
      const [owner, community] = await Promise.all([api.owner(), api.community(slug)])
      const place = placeOf(community)
      await trust.checkPlace(slug, place)
      const { address } = await keys.create(slug, owner.voter, pin.value)
      const digest = possessionDigest(place, { voter: owner.voter, key: address, evidence: owner.evidence })
      const signature = await keys.sign(slug, owner.voter, pin.value, digest)
      await api.registerKey(address, owner.evidence, signature)
      state.value = 'done'
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }
  return { state, error, pin, again, problem, complete, make }
}
