/** The community's meetings in preparation; those that were convened stand among the meetings. New ones are secret. */
import { useRouter } from 'vue-router'
import { useLoad } from '@/composables/useLoad'
import { useMeetingsApi } from '@/desk/api/meetingsApi'
import { useDeed } from '@/desk/composables/useDeed'
import { useStaff } from '@/desk/composables/useStaff'
import { useServices } from '@/services'

export function usePlans() {
  const api = useMeetingsApi()
  const { api: owners } = useServices()
  const router = useRouter()
  const { community } = useStaff()
  const { error, run, state } = useDeed()
  const load = useLoad(async () =>
    (await api.plans(community.value)).filter(({ meeting }) => meeting === null),
  )

  const begin = () =>
    run(async () => {
      const { chain } = await owners.community(community.value)
      const ballots = chain.secret_meeting ? 'secret' : 'open'
      const { plan } = await api.begin(community.value, { ballots })
      await router.push({ name: 'deskMeetingsPlan', params: { plan, step: 'scope' } })
    })
  const discard = (plan: number) =>
    run(async () => {
      await api.discard(plan)
      await load.reload()
    })
  return { load, state, error, begin, discard }
}
