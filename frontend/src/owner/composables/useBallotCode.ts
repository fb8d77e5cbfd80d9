/** The code of an encrypted ballot: countersigned before the owner decides, then perhaps opened to check the phone. */
import { computed, ref, shallowRef } from 'vue'
import { placeOf } from '@/api/claims'
import type { SignedCode } from '@/api/types'
import type { Choice } from '@/chain/choices'
import { encodeOpening } from '@/chain/openedCode'
import { Distrust } from '@/chain/trust'
import { useServices } from '@/services'
import { isCountersigned } from '@/wsb/code'
import { openingOf, shortCode } from '@/wsb/opening'
import type { SecretBallot } from '@/wsb/proving'
import type { MeetingView } from './useMeeting'

/** `unsigned`: voting goes on, checking is not possible now; `opened`: void, its opening may be shown. */
export type CodeState = 'asking' | 'signed' | 'unsigned' | 'opening' | 'failed' | 'opened'

export function useBallotCode(slug: string, view: MeetingView, voter: number, ballot: SecretBallot) {
  const { api, fates } = useServices()
  const { chain, meeting } = view.meeting
  const { ballotHash, body } = ballot
  const state = ref<CodeState>('asking')
  const error = shallowRef<unknown>()
  const countersigned = shallowRef<SignedCode>()
  const opening = ref('')

  /** Have the operator countersign the hash, and check that it did. */
  async function ask(): Promise<void> {
    state.value = 'asking'
    error.value = undefined
    try {
      const answer = await api.signCode(slug, meeting, { voter, ballot_hash: ballotHash })
      const place = { chainId: chain.chain_id, secretMeeting: chain.contract }
      const code = { meeting, voter, ballotHash, shownAt: answer.shown_at }
      const { operator } = placeOf(view.community)
      if (!(await isCountersigned(operator, place, code, answer.signature))) throw new Distrust('codeForged')
      countersigned.value = answer
      state.value = 'signed'
    } catch (cause) {
      error.value = cause
      state.value = 'unsigned'
    }
  }

  /** Give the ballot up and let a second device look into it. From here on this phone never signs it. */
  async function open(choices: Choice[]): Promise<void> {
    const code = countersigned.value
    if (!code || (state.value !== 'signed' && state.value !== 'failed')) return
    state.value = 'opening'
    try {
      await fates.decide(ballotHash, 'opened')
      const { shown_at, signature } = code
      await api.openBallot(slug, meeting, { voter, body, shown_at, signature })
      const { motions } = openingOf(ballot, choices)
      const of = { community: slug, meeting, voter, ballotHash, shownAt: shown_at, signature }
      opening.value = encodeOpening({ ...of, motions })
      state.value = 'opened'
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }

  return {
    state,
    error,
    countersigned,
    /** To be read out and compared. */
    code: shortCode(ballotHash),
    /** The address of the second device's page, once the ballot is opened. */
    link: computed(() => (opening.value ? `${location.origin}/opened#${opening.value}` : '')),
    ask,
    open,
  }
}
