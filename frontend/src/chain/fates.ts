/**
 * What becomes of a secret ballot is decided once on this phone: it is cast or it is opened, never both.
 * Whoever sees an opening knows the choices; a ballot that was opened is therefore never signed, and one that may
 * have been signed is never opened. The decision is on the shelf before anything leaves the phone, for all its tabs.
 */
import type { Hex } from 'viem'
import type { Shelf, Shelves } from '@/store/shelf'

export type Fate = 'cast' | 'opened'

/** The ballot's fate is the other one. */
export class FateDecided extends Error {
  constructor(readonly fate: Fate) {
    super(`this ballot is ${fate}`)
  }
}

export class BallotFates {
  private readonly shelf: Shelf<Fate>

  constructor(shelves: Shelves) {
    this.shelf = shelves.shelf<Fate>('fates')
  }

  /** Decide on the ballot with this hash (WSB-1), the same again is no change. Throws `FateDecided`. */
  async decide(ballotHash: Hex, fate: Fate): Promise<void> {
    const decided = await this.shelf.change(ballotHash.toLowerCase(), (old) => old ?? fate)
    if (decided !== fate) throw new FateDecided(decided)
  }

  /** Nothing was signed after all (a wrong PIN): the ballot may be cast or opened again. */
  async undoCast(ballotHash: Hex): Promise<void> {
    const id = ballotHash.toLowerCase()
    if ((await this.shelf.get(id)) === 'cast') await this.shelf.remove(id)
  }
}
