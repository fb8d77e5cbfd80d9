/** The decryption of a trustee's page: its seed, the site's own way to the chain, and this browser's memory. */
import { useServices } from '@/services'
import type { Trustee } from '../composables/useTrustee'
import type { TrusteeSeat } from '../vault/exportFile'
import { inWorker } from './beside'
import { DecryptionMemory } from './memory'
import { useDecryption } from './useDecryption'

/** The site passes questions on to its node here. */
const RPC = '/api/rpc'

export function useRealDecryption({ seed, board, load, ceremony, world }: Trustee, seat: TrusteeSeat) {
  const { api, shelves } = useServices()
  return useDecryption({
    seat,
    seed: () => seed.seed.value!,
    board: () => board.value!,
    refresh: load.refresh,
    registry: async () => (await api.community(world.slug)).chain.registry,
    rpc: RPC,
    sender: ceremony.sender,
    memory: new DecryptionMemory(shelves),
    beside: inWorker(),
  })
}
