/** Signs a ballot after the phone's own checks, keeps it, and sends it. */
import { ref } from 'vue'
import { meetingClaim } from '@/api/claims'
import { packChoices, type Choice } from '@/chain/choices'
import { openBallotDigest } from '@/chain/eip712'
import { KeyMissing } from '@/chain/keyStore'
import { Distrust } from '@/chain/trust'
import { useServices } from '@/services'
import type { MeetingView } from './useMeeting'

export type SigningState = 'idle' | 'signing' | 'kept' | 'failed'

export function useSigning(slug: string) {
  const { api, keys, outbox, trust } = useServices()
  const state = ref<SigningState>('idle')
  const error = ref<unknown>()

  /** Sign what was shown in `view`; refused when the meeting reads differently now, online or not. */
  async function sign(
    view: MeetingView,
    choices: readonly Choice[],
    voter: number,
    pin: string,
  ): Promise<void> {
    state.value = 'signing'
    try {
      if (view.distrust) throw new Distrust(view.distrust)
      await checkAgain(view)
      if (!(await keys.find(slug, voter))) throw new KeyMissing('this phone holds no key for that owner')
      const claim = meetingClaim(view.community, view.meeting)
      const packed = packChoices(choices)
      const { meeting, conveneHash, place } = claim
      const ballotHash = openBallotDigest(place, { meeting, conveneHash, voter, choices: packed })
      const signature = await keys.sign(slug, voter, pin, ballotHash)
      const ballot = await outbox.keep({
        community: slug,
        place,
        meeting,
        title: view.meeting.title,
        voter,
        choices: packed.toString(),
        ballotHash,
        signature,
        signedAt: Math.floor(Date.now() / 1000),
      })
      state.value = 'kept'
      await outbox.advance(ballot)
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }

  /** The frozen content is what was shown; a server that now tells another one is caught when it answers. */
  async function checkAgain(view: MeetingView): Promise<void> {
    await trust.checkMeeting(slug, meetingClaim(view.community, view.meeting))
    const now = await api.meeting(slug, view.meeting.meeting).catch(() => undefined)
    if (now) await trust.checkMeeting(slug, meetingClaim(view.community, now))
  }
  return { state, error, sign }
}
