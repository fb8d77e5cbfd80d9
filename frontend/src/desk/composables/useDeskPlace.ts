/** Where the contracts of the desk's community are, held against what this browser saw first. */
import { placeOf } from '@/api/claims'
import type { DeskPlace } from '@/desk/chain/calls'
import { useServices } from '@/services'
import { useStaff } from './useStaff'

/** A function that reads the place. Throws `Distrust('placeChanged')`. */
export function useDeskPlace(): () => Promise<DeskPlace> {
  const { api, trust } = useServices()
  const { community } = useStaff()
  return async () => {
    const { chain } = await api.community(community.value)
    await trust.checkPlace(community.value, placeOf({ chain }))
    const { chain_id: chainId, forwarder, open_meeting: openMeeting, registry, notary } = chain
    return { chainId, forwarder, openMeeting, registry, notary }
  }
}
