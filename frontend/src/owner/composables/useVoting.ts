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

export type Voting = ReturnType<typeof useVoting>

/** Read beside the meeting, of which `meeting` tells what is known by then. */
export function useVoting(slug: string, number: number, meeting: () => Meeting | undefined) {
  const services = useServices()
  const { ballot, state: kept, settled } = useKeptBallot(slug, number)
  const load = useLoad(async () => {
    const view = await readStanding(services, slug)
    const voter = view.owner?.voter ?? view.key?.voter
    return { view, line: voter === undefined ? undefined : await lineOf(services, slug, number, voter) }
  })
  /** Unknown until both are read: a button that vanishes again would be worse than none. */
  const answer = computed(() => {
    const found = load.value.value
    const known = meeting()
    if (!found || !known || kept.value === 'loading') return undefined
    const { view, line } = found
    return votingAnswer({ meeting: known, standing: view.standing, line, ballot: ballot.value })
  })
  useLive(load.refresh, () => answer.value === 'registering' || isRunning(load.value.value?.view.change))
  const line = computed(() => load.value.value?.line)
  return { answer, ballot, load, line, settled: Promise.all([load.settled, settled]) }
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
