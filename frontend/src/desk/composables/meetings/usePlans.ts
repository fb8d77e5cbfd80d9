/** The community's meetings in preparation; those that were convened stand among the meetings. */
import { useRouter } from 'vue-router'
import { useLoad } from '@/composables/useLoad'
import { useMeetingsApi } from '@/desk/api/meetingsApi'
import { useDeed } from '@/desk/composables/useDeed'
import { useStaff } from '@/desk/composables/useStaff'

export function usePlans() {
  const api = useMeetingsApi()
  const router = useRouter()
  const { community } = useStaff()
  const { error, run, state } = useDeed()
  const load = useLoad(async () =>
    (await api.plans(community.value)).filter(({ meeting }) => meeting === null),
  )

  const begin = () =>
    run(async () => {
      const { plan } = await api.begin(community.value, {})
      await router.push({ name: 'deskMeetingsPlan', params: { plan, step: 'scope' } })
    })
  const discard = (plan: number) =>
    run(async () => {
      await api.discard(plan)
      await load.reload()
    })
  return { load, state, error, begin, discard }
}
