/** Signs a ballot after the phone's own checks, keeps it, and sends it. */
import { ref } from 'vue'
import type { Hex } from 'viem'
import { meetingClaim } from '@/api/claims'
import type { Meeting } from '@/api/types'
import { packChoices, type Choice } from '@/chain/choices'
import { openBallotDigest } from '@/chain/eip712'
import { KeyMissing } from '@/chain/keyStore'
import { KeptBefore, type BallotContent } from '@/chain/outbox'
import { Distrust } from '@/chain/trust'
import { useServices } from '@/services'
import type { MeetingView } from './useMeeting'

export type SigningState = 'idle' | 'signing' | 'kept' | 'failed'

/** What is signed, and what is kept and sent with the signature. */
export interface Signable {
  digest: Hex
  content: BallotContent
}

/** How long signing waits for the server's word on the meeting: what was shown is checked already. */
const PATIENCE_MS = 5_000

/** The open ballot of `choices`. */
export function openBallotOf(view: MeetingView, voter: number, choices: readonly Choice[]): Signable {
  const { conveneHash, meeting, place } = meetingClaim(view.community, view.meeting)
  const packed = packChoices(choices)
  return {
    digest: openBallotDigest(place, { meeting, conveneHash, voter, choices: packed }),
    content: { choices: packed.toString() },
  }
}

export function useSigning(slug: string) {
  const { api, keys, outbox, trust } = useServices()
  const state = ref<SigningState>('idle')
  const error = ref<unknown>()

  /** Sign what was shown in `view`; refused when the meeting reads differently now, online or not. */
  async function sign(view: MeetingView, ballot: Signable, voter: number, pin: string): Promise<void> {
    if (state.value === 'signing' || state.value === 'kept') return
    state.value = 'signing'
    try {
      if (view.distrust) throw new Distrust(view.distrust)
      await checkAgain(view)
      if (!(await keys.find(slug, voter))) throw new KeyMissing('this phone holds no key for that owner')
      const signature = await keys.sign(slug, voter, pin, ballot.digest)
      const kept = await outbox.keep({
        community: slug,
        place: meetingClaim(view.community, view.meeting).place,
        meeting: view.meeting.meeting,
        title: view.meeting.title,
        voter,
        ballotHash: ballot.digest,
        signature,
        signedAt: Math.floor(Date.now() / 1000),
        ...ballot.content,
      })
      if (kept.ballotHash !== ballot.digest) throw new KeptBefore('an earlier ballot is kept')
      state.value = 'kept'
      // The receipt's page follows it; what goes wrong on the way is shown there.
      void outbox.advance(kept).catch(() => undefined)
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }

  /** The frozen content is what was shown; a server that now tells another one is caught when it answers. */
  async function checkAgain(view: MeetingView): Promise<void> {
    await trust.checkMeeting(slug, meetingClaim(view.community, view.meeting))
    const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS))
    const asked: Promise<Meeting | undefined> = api.meeting(slug, view.meeting.meeting).catch(() => undefined)
    const now = await Promise.race([asked, late])
    if (now) await trust.checkMeeting(slug, meetingClaim(view.community, now))
  }
  return { state, error, sign }
}
