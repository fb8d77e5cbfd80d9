/** One meeting at the desk: its frozen content checked in this browser, its course, what was said. */
import { onScopeDispose } from 'vue'
import type { Community, Meeting, Statements } from '@/api/types'
import { useLoad } from '@/composables/useLoad'
import { useMeetingsApi, type Course } from '@/desk/api/meetingsApi'
import { useStaff } from '@/desk/composables/useStaff'
import { readMeeting, type MeetingView } from '@/owner/composables/useMeeting'
import { useServices } from '@/services'

export interface CourseView {
  community: Community
  meeting: Meeting
  distrust: MeetingView['distrust']
  course: Course
  statements: Statements
}

const CALM_MS = 15_000
const EAGER_MS = 1_000
const EAGER_TIMES = 30

export function useCourse(meeting: number) {
  const services = useServices()
  const api = useMeetingsApi()
  const { community: slug } = useStaff()
  let left = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const load = useLoad<CourseView>(async () => {
    const [view, course, statements] = await Promise.all([
      readMeeting(services, slug.value, meeting),
      api.course(slug.value, meeting),
      api.statements(slug.value, meeting),
    ])
    return { community: view.community, meeting: view.meeting, distrust: view.distrust, course, statements }
  })

  const later = (): void => {
    timer = setTimeout(async () => {
      await load.refresh()
      if (!left) later()
    }, CALM_MS)
  }
  later()

  /** After an act: read until the index has seen it. */
  async function acted(): Promise<void> {
    const before = load.value.value?.course.history.length ?? 0
    for (let times = 0; times < EAGER_TIMES && !left; times += 1) {
      await load.refresh()
      if ((load.value.value?.course.history.length ?? 0) > before) return
      await new Promise((resume) => setTimeout(resume, EAGER_MS))
    }
  }
  onScopeDispose(() => {
    left = true
    clearTimeout(timer)
  })
  return { load, acted }
}
