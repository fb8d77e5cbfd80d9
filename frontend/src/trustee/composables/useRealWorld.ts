/** The server and this browser's own store, for the meeting of the address. */
import { useRoute } from 'vue-router'
import { placeOf } from '@/api/claims'
import { useServices } from '@/services'
import { trusteeApi } from '../api'
import { Vault } from '../vault/vault'
import type { TrusteeWorld } from './useTrustee'

export function useRealWorld(slug: string, meeting: number): TrusteeWorld {
  const { api, http, shelves, trust } = useServices()
  const { hash } = useRoute()
  return {
    slug,
    meeting,
    api: trusteeApi(http, slug, meeting),
    vault: new Vault(shelves),
    token: hash.slice(1),
    rehearsal: false,
    about: () => api.meeting(slug, meeting),
    async place() {
      const { chain } = await api.community(slug)
      await trust.checkPlace(slug, placeOf({ chain }))
      return { chainId: chain.chain_id, forwarder: chain.forwarder }
    },
  }
}
