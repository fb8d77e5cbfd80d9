/** A key that waits to take an old one's place: beside the key in force, which must be able to sign a veto. */
import type { Hex } from 'viem'
import type { Shelf, Shelves } from '@/store/shelf'
import type { KeyStore, OwnerKey } from './keyStore'

/** No community is called so: a slug has no colon. */
const waiting = (community: string): string => `next:${community}`

/** At most one waiting key an owner, in the key store under a place of its own. */
export class NextKeys {
  private readonly shelf: Shelf<OwnerKey>

  constructor(
    shelves: Shelves,
    private readonly keys: KeyStore,
  ) {
    this.shelf = shelves.shelf<OwnerKey>('keys')
  }

  create = (community: string, voter: number, pin: string): Promise<OwnerKey> =>
    this.keys.create(waiting(community), voter, pin)

  find = (community: string, voter: number): Promise<OwnerKey | undefined> =>
    this.keys.find(waiting(community), voter)

  inCommunity = (community: string): Promise<OwnerKey[]> => this.keys.inCommunity(waiting(community))

  sign = (community: string, voter: number, pin: string, digest: Hex): Promise<Hex> =>
    this.keys.sign(waiting(community), voter, pin, digest)

  /** The change is done: the waiting key becomes the owner's key on this phone. */
  async adopt(community: string, voter: number): Promise<OwnerKey | undefined> {
    const record = await this.shelf.get(`${waiting(community)}/${voter}`)
    if (!record) return undefined
    // Put before remove: a page closed in between leaves the key twice, never not at all.
    await this.shelf.put(`${community}/${voter}`, { ...record, community })
    await this.shelf.remove(`${waiting(community)}/${voter}`)
    return this.keys.find(community, voter)
  }
}
