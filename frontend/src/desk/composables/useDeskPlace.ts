/** Where the contracts of the desk's community are, held against what this browser saw first. */
import type { Address } from 'viem'
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
    const secretMeeting = chain.secret_meeting as Address | null
    const board = chain.trustee_board as Address | null
    return { chainId, forwarder, openMeeting, secretMeeting, board, registry, notary }
  }
}
