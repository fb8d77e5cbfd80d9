/** A meeting, checked on the phone before it is shown. */
import { meetingClaim } from '@/api/claims'
import { Unreachable } from '@/api/problem'
import type { Community, Meeting, MeetingState } from '@/api/types'
import { Distrust, type DistrustReason } from '@/chain/trust'
import { useServices, type Services } from '@/services'
import { useLoad } from '@/composables/useLoad'

export interface MeetingView {
  community: Community
  meeting: Meeting
  /** Why this phone does not believe what it was shown; then it will not sign. */
  distrust?: DistrustReason
}

const SETTLED: readonly MeetingState[] = ['final', 'lapsed', 'void']

/** Tell whether anything more will happen to a meeting, so that its page is worth reading again. */
export const isUnderWay = (view?: MeetingView): boolean =>
  view !== undefined && !SETTLED.includes(view.meeting.state)

/** `beside`: what is shown with it, and waited for. */
export const useMeeting = (slug: string, meeting: number, beside?: Promise<unknown>) => {
  const services = useServices()
  return useLoad(async () => {
    const [view] = await Promise.all([readMeeting(services, slug, meeting), beside])
    return view
  })
}

/** Read community and meeting, from what this phone kept when it is offline, and check it. */
export async function readMeeting(services: Services, slug: string, id: number): Promise<MeetingView> {
  const { community, meeting } = await fetchOrKept(services, slug, id)
  try {
    await services.trust.checkMeeting(slug, meetingClaim(community, meeting))
    return { community, meeting }
  } catch (error) {
    if (error instanceof Distrust) return { community, meeting, distrust: error.reason }
    throw error
  }
}

async function fetchOrKept({ api, shelves }: Services, slug: string, id: number): Promise<MeetingView> {
  const kept = shelves.shelf<MeetingView>('views')
  const name = `${slug}/${id}`
  try {
    const [community, meeting] = await Promise.all([api.community(slug), api.meeting(slug, id)])
    await kept.put(name, { community, meeting })
    return { community, meeting }
  } catch (error) {
    const before = error instanceof Unreachable ? await kept.get(name) : undefined
    if (!before) throw error
    return before
  }
}
