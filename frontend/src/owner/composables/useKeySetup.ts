/** Makes the owner's key on this phone and hands its address, never the key, to the server. */
import type { Address, Hex } from 'viem'
import { ref } from 'vue'
import { placeOf } from '@/api/claims'
import type { Owner } from '@/api/types'
import { possessionDigest, type ChainPlace } from '@/chain/eip712'
import { PinRefused, type OwnerKey } from '@/chain/keyStore'
import { useServices } from '@/services'
import { usePinChoice } from './usePinChoice'

export { isWeakPin } from './usePinChoice'
export type KeySetupState = 'idle' | 'making' | 'done' | 'failed'

/** Where a key is made and kept: the key in force, or one that waits for a change. */
interface KeyShelf {
  create(community: string, voter: number, pin: string): Promise<OwnerKey>
  find(community: string, voter: number): Promise<OwnerKey | undefined>
  sign(community: string, voter: number, pin: string, digest: Hex): Promise<Hex>
}

/** `first`: the owner's first key; `change`: another one in place of the one that is registered. */
export function useKeySetup(slug: string, purpose: 'first' | 'change' = 'first') {
  const { api, keys, nextKeys, trust } = useServices()
  const shelf: KeyShelf = purpose === 'first' ? keys : nextKeys
  const state = ref<KeySetupState>('idle')
  const error = ref<unknown>()
  const choice = usePinChoice()

  async function make(): Promise<void> {
    if (!choice.complete.value) return
    state.value = 'making'
    try {
      const [owner, community] = await Promise.all([api.owner(), api.community(slug)])
      const place = placeOf(community)
      await trust.checkPlace(slug, place)
      if (purpose === 'change') {
        const { address, signature } = await provenKey(owner, place, true)
        await api.changeKey(address, owner.evidence, signature)
      } else if (!owner.key || owner.key_state === 'refused') {
        const { address, signature } = await provenKey(owner, place, owner.key_state === 'none')
        await api.registerKey(address, owner.evidence, signature)
      }
      state.value = 'done'
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }

  /** A key made before may be on its way although its answer was lost: it is used again, not overwritten. */
  async function provenKey(
    owner: Owner,
    place: ChainPlace,
    again: boolean,
  ): Promise<{ address: Address; signature: Hex }> {
    const kept = again ? await shelf.find(slug, owner.voter) : undefined
    if (kept) {
      try {
        return await prove(kept, owner, place)
      } catch (cause) {
        if (!(cause instanceof PinRefused)) throw cause
      }
    }
    return prove(await shelf.create(slug, owner.voter, choice.pin.value), owner, place)
  }

  async function prove({ address }: OwnerKey, owner: Owner, place: ChainPlace) {
    const digest = possessionDigest(place, { voter: owner.voter, key: address, evidence: owner.evidence })
    return { address, signature: await shelf.sign(slug, owner.voter, choice.pin.value, digest) }
  }
  return { ...choice, state, error, make }
}
