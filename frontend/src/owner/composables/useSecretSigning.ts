/** Signs one encrypted ballot. Its fate is decided first: what may have been signed is never opened any more. */
import { useServices } from '@/services'
import { secretBallotDigest } from '@/wsb/ballot'
import type { SecretBallot } from '@/wsb/proving'
import type { MeetingView } from './useMeeting'
import { forgetDraft } from './useDraft'
import { useSigning, type Signable, type SigningState } from './useSigning'

/** The secret ballot of an encryption made for `voter`. */
function secretBallotOf({ meeting: of }: MeetingView, voter: number, ballot: SecretBallot): Signable {
  const { chain, meeting } = of
  const { ballotHash, body } = ballot
  const place = { chainId: chain.chain_id, secretMeeting: chain.contract }
  return {
    digest: secretBallotDigest(place, { meeting, voter, ballotHash }),
    content: { body, secretMeeting: chain.contract },
  }
}

export function useSecretSigning(slug: string) {
  const { fates, shelves } = useServices()
  const { error, sign: signAny, state } = useSigning(slug)

  /** Sign and keep; afterwards the phone holds neither choices nor randomness. */
  async function sign(view: MeetingView, ballot: SecretBallot, voter: number, pin: string): Promise<void> {
    if (state.value === 'signing' || state.value === 'kept') return
    try {
      await fates.decide(ballot.ballotHash, 'cast')
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
      return
    }
    await signAny(view, secretBallotOf(view, voter, ballot), voter, pin)
    const { meeting } = view.meeting
    const signed = state.value as SigningState
    // should the phone fail to forget now, it does when the receipt is looked at
    if (signed === 'kept') await forgetDraft(shelves, slug, meeting).catch(() => undefined)
    else await fates.undoCast(ballot.ballotHash)
  }
  return { state, error, sign }
}
