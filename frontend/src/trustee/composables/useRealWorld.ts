/** The server and this browser's own store, for the meeting of the address. */
import { useRoute } from 'vue-router'
import { placeOf } from '@/api/claims'
import { meetingKeysCode } from '@/chain/meetingKeys'
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
    async about() {
      const told = await api.meeting(slug, meeting)
      const code = meetingKeysCode(told)
      return { ...told, ...(told.keys && code && { adopted: { keys: told.keys, code } }) }
    },
    async place() {
      const { chain } = await api.community(slug)
      await trust.checkPlace(slug, placeOf({ chain }))
      return { chainId: chain.chain_id, forwarder: chain.forwarder }
    },
  }
}
