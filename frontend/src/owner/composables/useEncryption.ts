/** Encrypts an owner's choices beside the page, told how far it is; ended when the page is left. */
import { onUnmounted, ref, shallowRef } from 'vue'
import { checkedForm } from '@/chain/secretForm'
import type { Choice } from '@/chain/choices'
import { Distrust } from '@/chain/trust'
import { useServices } from '@/services'
import { makeBeside } from '@/wsb/beside'
import type { SecretBallot } from '@/wsb/proving'
import type { MeetingView } from './useMeeting'

export type EncryptionState = 'encrypting' | 'made' | 'failed'

/** `voter`: whose ballot it is; it counts for nobody else. */
export function useEncryption(slug: string, { meeting }: MeetingView, voter: number) {
  const { trust } = useServices()
  const state = ref<EncryptionState>('encrypting')
  const error = shallowRef<unknown>()
  const done = ref(0)
  /** What was made last: each making draws new randomness, so it is another ballot. */
  const ballot = shallowRef<SecretBallot>()
  let running = new AbortController()
  onUnmounted(() => running.abort())

  /** Make a fresh ballot of these choices; whatever was made before is given up. */
  async function make(choices: Choice[]): Promise<void> {
    running.abort()
    const mine = (running = new AbortController())
    state.value = 'encrypting'
    error.value = ballot.value = undefined
    done.value = 0
    try {
      const form = checkedForm(meeting)
      if (!form) throw new Distrust('keysChanged')
      await trust.checkKeys(slug, meeting.meeting, form.context)
      const progress = (some: number) => mine.signal.aborted || (done.value = some)
      const made = await makeBeside({ form, voter, choices }, { progress, signal: mine.signal })
      if (mine.signal.aborted) return
      ballot.value = made
      state.value = 'made'
    } catch (cause) {
      if (mine.signal.aborted) return
      error.value = cause
      state.value = 'failed'
    }
  }
  return { state, error, done, ballot, make }
}
