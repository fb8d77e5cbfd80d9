/** What this browser has decrypted for a meeting: one seal, and each sum once, for ever. */
import type { Hex } from 'viem'
import type { Shelf, Shelves } from '@/store/shelf'
import { nameOf, type Facts, type Stage } from './facts'
import type { Seat } from './judge'

/** Kept even when the seed is forgotten: a trustee that comes back must not decrypt something else. */
export interface Decrypted {
  context: Hex
  sealHash: Hex
  /** Sum -> the `A` that shares were made over. */
  sums: Record<string, Hex>
}

/** Something else was decrypted before, perhaps in another tab. */
export class OtherTally extends Error {}

export class DecryptionMemory {
  private readonly shelf: Shelf<Decrypted>

  constructor(shelves: Shelves) {
    this.shelf = shelves.shelf<Decrypted>('trustees')
  }

  find = (seat: Seat): Promise<Decrypted | undefined> => this.shelf.get(idOf(seat))

  /** Remember a stage before the first share of it is signed. Throws `OtherTally` unless it adds to what is there. */
  async remember(seat: Seat, { context, sealHash }: Facts, { sums }: Stage): Promise<void> {
    if (!context || !sealHash) throw new OtherTally()
    const seen = Object.fromEntries(sums.map((sum) => [nameOf(sum), sum.a]))
    await this.shelf.change(idOf(seat), (old) => {
      if (old && (old.context !== context || old.sealHash !== sealHash)) throw new OtherTally()
      if (Object.entries(seen).some(([name, a]) => (old?.sums[name] ?? a) !== a)) throw new OtherTally()
      return { context, sealHash, sums: { ...old?.sums, ...seen } }
    })
  }
}

const idOf = ({ chainId, board, meeting }: Seat): string =>
  `decrypted/${chainId}/${board.toLowerCase()}/${meeting}`
