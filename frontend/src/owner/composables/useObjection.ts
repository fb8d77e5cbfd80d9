/** An owner's objection to a declared result, signed on the phone that holds the key. */
import { ref, shallowRef } from 'vue'
import { meetingPlaceOf, placeOf } from '@/api/claims'
import type { Community, Meeting } from '@/api/types'
import { objectionDigest } from '@/chain/eip712'
import { KeyMissing } from '@/chain/keyStore'
import { newSalt, statementHash } from '@/chain/statement'
import { useServices } from '@/services'

export type ObjectionState = 'idle' | 'sending' | 'taken' | 'failed'

export function useObjection(community: Community, held: Meeting) {
  const { meeting } = held
  const { api, keys, trust } = useServices()
  /** Remembered on this phone: an owner may object once in a meeting. */
  const mark = `wanjia.objected/${community.slug}/${meeting}`
  const state = ref<ObjectionState>(localStorage.getItem(mark) ? 'taken' : 'idle')
  const error = shallowRef<unknown>()

  /** Sign the text's hash with the PIN and hand both in. */
  async function send(text: string, pin: string): Promise<void> {
    state.value = 'sending'
    error.value = undefined
    try {
      const place = placeOf(community)
      await trust.checkPlace(community.slug, place)
      const [key] = await keys.inCommunity(community.slug)
      if (!key) throw new KeyMissing('this phone holds no key of this community')
      const [plain, salt] = [text.trim(), newSalt()]
      const contentHash = statementHash(plain, salt)
      const digest = objectionDigest(meetingPlaceOf(held), { meeting, voter: key.voter, contentHash })
      const signature = await keys.sign(community.slug, key.voter, pin, digest)
      await api.object(community.slug, meeting, { voter: key.voter, text: plain, salt, signature })
      localStorage.setItem(mark, contentHash)
      state.value = 'taken'
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }
  return { state, error, send }
}
