/** The buildings of the community with their owners and areas. */
import { useLoad } from '@/composables/useLoad'
import { useMeetingsApi } from '@/desk/api/meetingsApi'
import { useStaff } from '@/desk/composables/useStaff'

export function usePlaces() {
  const api = useMeetingsApi()
  const { community } = useStaff()
  return useLoad(() => api.places(community.value))
}
