/** Makes the owner's key on this phone and hands its address, never the key, to the server. */
import type { Address, Hex } from 'viem'
import { computed, ref } from 'vue'
import { placeOf } from '@/api/claims'
import type { Owner } from '@/api/types'
import { possessionDigest, type ChainPlace } from '@/chain/eip712'
import { isPin, PinRefused, type OwnerKey } from '@/chain/keyStore'
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
      await trust.checkPlace(slug, placeOf(community))
      if (!owner.key || owner.key_state === 'refused') {
        const { address, signature } = await provenKey(owner, placeOf(community))
        await api.registerKey(address, owner.evidence, signature)
      }
      state.value = 'done'
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }

  /** A key made before may be on its way although its answer was lost: it is used again, not overwritten. */
  async function provenKey(owner: Owner, place: ChainPlace): Promise<{ address: Address; signature: Hex }> {
    const kept = owner.key_state === 'none' ? await keys.find(slug, owner.voter) : undefined
    if (kept) {
      try {
        return await prove(kept, owner, place)
      } catch (cause) {
        if (!(cause instanceof PinRefused)) throw cause
      }
    }
    return prove(await keys.create(slug, owner.voter, pin.value), owner, place)
  }

  async function prove({ address }: OwnerKey, owner: Owner, place: ChainPlace) {
    const digest = possessionDigest(place, { voter: owner.voter, key: address, evidence: owner.evidence })
    return { address, signature: await keys.sign(slug, owner.voter, pin.value, digest) }
  }
  return { state, error, pin, again, problem, complete, make }
}
