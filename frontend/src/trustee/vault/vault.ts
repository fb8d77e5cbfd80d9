/**
 * Trustees' seeds in this browser: sealed under the passphrase and a device key, one for each meeting.
 *
 * Beside the seed lies what this browser must not forget over a reload: whether the file was kept, what it dealt to,
 * and a signed act that may be on its way.
 */
import type { Hex } from 'viem'
import { seal, unseal, type SealedSecret } from '@/chain/sealing'
import type { ForwardRequest } from '@/desk/api/types'
import type { Shelf, Shelves } from '@/store/shelf'
import { samePlace, type TrusteeSeat } from './exportFile'
import type { BoardPlace } from '../chain/board'
import { accountOf, type Seed } from '../chain/derive'

export const SHORTEST_PASSPHRASE = 10

/** A signed call that was or will be handed in; the same bytes again are the same act. */
export interface SignedAct {
  /** What it is for, in its maker's words: `run/step`. */
  of: string
  request: ForwardRequest
  signature: Hex
  reason?: { text: string; salt: string }
}

/** What a page may know without the passphrase. */
export interface Holding extends TrusteeSeat {
  /** The export file was saved, and the trustee said where it is kept. */
  exported: boolean
  /** Hash of a run's place -> hash of the keys that this browser dealt to. */
  dealtTo: Readonly<Record<Hex, Hex>>
  act?: SignedAct
}

interface Kept extends Holding {
  sealed: SealedSecret
}

export class PassphraseWrong extends Error {}

/** Somebody used the invitation before. */
export class SeatTaken extends Error {}

/** Another seed for this meeting lies here already. */
export class SeatHeld extends Error {}

export class Vault {
  private readonly shelf: Shelf<Kept>

  constructor(
    shelves: Shelves,
    private readonly iterations?: number,
  ) {
    this.shelf = shelves.shelf<Kept>('trustees')
  }

  /** Keep a seed. Throws `RangeError` for a short passphrase, `SeatHeld` when another account's lies here. */
  async keep(seat: TrusteeSeat, seed: Seed, passphrase: string, exported: boolean): Promise<Holding> {
    if (passphrase.length < SHORTEST_PASSPHRASE) throw new RangeError('the passphrase is too short')
    const sealed = await seal(seed, passphrase, this.iterations)
    const kept = await this.shelf.change(idOf(seat.community, seat.place.meeting), (old) => {
      if (old && old.account !== seat.account && samePlace(old.place, seat.place)) throw new SeatHeld()
      return { ...seat, sealed, exported, dealtTo: old?.account === seat.account ? old.dealtTo : {} }
    })
    return plain(kept)!
  }

  /** What this browser holds for a meeting. */
  async find(community: string, meeting: number): Promise<Holding | undefined> {
    return plain(await this.shelf.get(idOf(community, meeting)))
  }

  /** The seed. Throws `PassphraseWrong`. */
  async unlock({ community, place, account }: TrusteeSeat, passphrase: string): Promise<Seed> {
    const kept = await this.shelf.get(idOf(community, place.meeting))
    const seed = kept && (await unseal(kept.sealed, passphrase))
    if (!seed || (await accountOf(seed, place)) !== account) throw new PassphraseWrong()
    return seed
  }

  markExported = (held: TrusteeSeat): Promise<Holding> => this.edit(held, { exported: true })

  /** Remember the seat that this account has taken now. */
  reseat = (held: TrusteeSeat): Promise<Holding> => this.edit(held, { seat: held.seat, label: held.label })

  /** Remember an act until the chain has done or refused it. */
  keepAct = (held: TrusteeSeat, act: SignedAct | undefined): Promise<Holding> => this.edit(held, { act })

  /** Remember which keys a run's shares are dealt to; tell whether they are the ones of the first time. */
  async dealTo(held: TrusteeSeat, run: Hex, keys: Hex): Promise<boolean> {
    const { dealtTo } = await this.shelf.change(idOf(held.community, held.place.meeting), (old) => ({
      ...old!,
      dealtTo: { [run]: keys, ...old!.dealtTo },
    }))
    return dealtTo[run] === keys
  }

  /** Forget a seed: one that never took its seat, or whose meeting is over. */
  remove = (community: string, meeting: number): Promise<void> => this.shelf.remove(idOf(community, meeting))

  private async edit({ community, place }: TrusteeSeat, change: Partial<Holding>): Promise<Holding> {
    const kept = await this.shelf.change(idOf(community, place.meeting), (old) => ({ ...old!, ...change }))
    return plain(kept)!
  }
}

const idOf = (community: string, meeting: number): string => `${community}/${meeting}`

function plain(kept: Kept | undefined): Holding | undefined {
  if (!kept) return undefined
  const { sealed: _, ...holding } = kept
  return holding
}

/** Where a seed belongs that is for a board at `place`. */
export const isFor = (held: Holding, place: BoardPlace): boolean => samePlace(held.place, place)
