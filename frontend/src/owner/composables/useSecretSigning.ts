/** Signs one encrypted ballot. Its fate is decided first: what may have been signed is never opened any more. */
import { useServices } from '@/services'
import { secretBallotDigest } from '@/wsb/ballot'
import type { SecretBallot } from '@/wsb/proving'
import type { MeetingView } from './useMeeting'
import { forgetDraft } from './useDraft'
import { useSigning, type Signable } from './useSigning'

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
  let attempt: Promise<void> | undefined

  /**
   * Sign and keep; afterwards the phone holds neither choices nor randomness. A tap during an attempt joins it: a second
   * one that fails could take back the fate that the first signs under.
   */
  function sign(view: MeetingView, ballot: SecretBallot, voter: number, pin: string): Promise<void> {
    attempt ??= signOnce(view, ballot, voter, pin).finally(() => (attempt = undefined))
    return attempt
  }

  async function signOnce(
    view: MeetingView,
    ballot: SecretBallot,
    voter: number,
    pin: string,
  ): Promise<void> {
    if (state.value === 'kept') return
    try {
      await fates.decide(ballot.ballotHash, 'cast')
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
      return
    }
    await signAny(view, secretBallotOf(view, voter, ballot), voter, pin)
    const { meeting } = view.meeting
    // should the phone fail to forget now, it does when the receipt is looked at
    if (isKept()) await forgetDraft(shelves, slug, meeting).catch(() => undefined)
    // where that fails, it can be cast still, and never opened
    else await fates.undoCast(ballot.ballotHash).catch(() => undefined)
  }
  const isKept = (): boolean => state.value === 'kept'
  return { state, error, sign }
}
