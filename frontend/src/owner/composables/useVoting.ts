/** Everything the answer to "can I vote here?" hangs on, read again by itself while it may change. */
import { computed } from 'vue'
import { Problem, Unreachable } from '@/api/problem'
import type { Meeting, VoterLine } from '@/api/types'
import { useLive } from '@/composables/useLive'
import { useLoad } from '@/composables/useLoad'
import { useServices, type Services } from '@/services'
import { useKeptBallot } from './useKeptBallot'
import { readStanding, isRunning } from './useStanding'
import { votingAnswer } from './votingAnswer'

export function useVoting(slug: string, meeting: () => Meeting) {
  const services = useServices()
  const number = meeting().meeting
  const { ballot, state: kept } = useKeptBallot(slug, number)
  const load = useLoad(async () => {
    const view = await readStanding(services, slug)
    const voter = view.owner?.voter ?? view.key?.voter
    return { view, line: voter === undefined ? undefined : await lineOf(services, slug, number, voter) }
  })
  /** Unknown until both are read: a button that vanishes again would be worse than none. */
  const answer = computed(() => {
    const found = load.value.value
    if (!found || kept.value === 'loading') return undefined
    const { view, line } = found
    return votingAnswer({ meeting: meeting(), standing: view.standing, line, ballot: ballot.value })
  })
  useLive(load.refresh, () => answer.value === 'registering' || isRunning(load.value.value?.view.change))
  return { answer, ballot, load, line: computed(() => load.value.value?.line) }
}

async function lineOf(
  { api }: Services,
  slug: string,
  meeting: number,
  voter: number,
): Promise<VoterLine | undefined> {
  try {
    return await api.voter(slug, meeting, voter)
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Problem) return undefined
    throw error
  }
}
