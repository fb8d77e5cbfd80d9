/** A meeting's result, or why there is none yet. */
import type { Api } from '@/api/api'
import { Problem } from '@/api/problem'
import type { Community, Meeting, MeetingState, Result } from '@/api/types'
import { useServices } from '@/services'
import { useLoad } from './useLoad'

const BEFORE_THE_CLOSE: readonly MeetingState[] = ['convened', 'notice', 'open']
const WITHHELD = ['RESULT_NOT_READY', 'RESULT_FROZEN']

export interface ResultView {
  community: Community
  meeting: Meeting
  result?: Result
  /** The server's words when voting is over and it still gives no result. */
  withheld?: string
}

/** Tell whether the result comes once voting has closed. */
export const isBeforeTheClose = ({ state }: Meeting): boolean => BEFORE_THE_CLOSE.includes(state)

/** Tell whether a result, or a later one, is still to come: a page that waits then changes by itself. */
export const isAwaited = (view?: ResultView): boolean =>
  view !== undefined && !['final', 'lapsed', 'void'].includes(view.meeting.state)

export const useResult = (slug: string, meeting: number) => {
  const { api } = useServices()
  return useLoad(() => readResult(api, slug, meeting))
}

/** Read the meeting first: before its close nobody asks for sums, which would sway those yet to vote. */
export async function readResult(
  api: Pick<Api, 'community' | 'meeting' | 'result'>,
  slug: string,
  id: number,
): Promise<ResultView> {
  const [community, meeting] = await Promise.all([api.community(slug), api.meeting(slug, id)])
  if (isBeforeTheClose(meeting)) return { community, meeting }
  try {
    return { community, meeting, result: await api.result(slug, id) }
  } catch (error) {
    if (!(error instanceof Problem && WITHHELD.includes(error.code))) throw error
    return { community, meeting, withheld: error.detail }
  }
}
