/** The owner's signing key: made on this phone, kept on this phone, used only with the PIN. */
import type { Address, Hex } from 'viem'
import type { Shelf, Shelves } from '@/store/shelf'
import { seal, unseal, type SealedSecret } from './sealing'
import { addressOf, newSecret, signDigest } from './signing'

/** What the pages may know of a key. */
export interface OwnerKey {
  community: string
  voter: number
  address: Address
}

/** Why a key could not be used: `left` tries before a pause, or the pause's end in UTC milliseconds. */
export class PinRefused extends Error {
  constructor(
    readonly reason: 'wrong' | 'paused',
    readonly left: number,
    readonly until: number,
  ) {
    super(`PIN ${reason}`)
  }
}

/** This phone holds no key for that owner. */
export class KeyMissing extends Error {}

interface KeyRecord extends OwnerKey {
  sealed: SealedSecret
  wrongTries: number
  pausedUntil: number
}

const FREE_TRIES = 5
const FIRST_PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 24 * 3_600_000

/** Tell whether `pin` has the form of a PIN: six digits. */
export const isPin = (pin: string): boolean => /^\d{6}$/.test(pin)

/** Keys of the owners who vote from this phone. */
export class KeyStore {
  private readonly shelf: Shelf<KeyRecord>

  constructor(
    shelves: Shelves,
    private readonly now: () => number = Date.now,
    private readonly iterations?: number,
  ) {
    this.shelf = shelves.shelf<KeyRecord>('keys')
  }

  /**
   * Make a key for an owner, or take over the one given (wiped here), and keep it sealed.
   * Throws `RangeError` unless the PIN is six digits.
   */
  async create(community: string, voter: number, pin: string, secret = newSecret()): Promise<OwnerKey> {
    if (!isPin(pin)) throw new RangeError('a PIN has six digits')
    const address = await addressOf(secret)
    const sealed = await seal(secret, pin, this.iterations)
    secret.fill(0)
    await this.shelf.put(idOf(community, voter), {
      community,
      voter,
      address,
      sealed,
      wrongTries: 0,
      pausedUntil: 0,
    })
    return { community, voter, address }
  }

  /** The key this phone holds for an owner, if any. */
  async find(community: string, voter: number): Promise<OwnerKey | undefined> {
    return plain(await this.shelf.get(idOf(community, voter)))
  }

  /** All keys this phone holds for one community. */
  async inCommunity(community: string): Promise<OwnerKey[]> {
    const records = await this.shelf.all()
    return records.filter((record) => record.community === community).map((record) => plain(record)!)
  }

  /** Sign a digest. Throws `PinRefused` for a wrong PIN or during a pause, `KeyMissing` without a key. */
  sign(community: string, voter: number, pin: string, digest: Hex): Promise<Hex> {
    return this.use(community, voter, pin, (secret) => signDigest(secret, digest))
  }

  /** Lend the key to `deed`, and wipe it. Throws as `sign`. */
  async use<T>(
    community: string,
    voter: number,
    pin: string,
    deed: (secret: Uint8Array<ArrayBuffer>) => Promise<T>,
  ): Promise<T> {
    const id = idOf(community, voter)
    const record = await this.chargeTry(id)
    const secret = await unseal(record.sealed, pin)
    if (!secret) {
      const paused = record.pausedUntil > this.now()
      throw new PinRefused(paused ? 'paused' : 'wrong', triesLeft(record.wrongTries), record.pausedUntil)
    }
    await this.shelf.change(id, (old) => ({ ...old!, wrongTries: 0, pausedUntil: 0 }))
    try {
      return await deed(secret)
    } finally {
      secret.fill(0)
    }
  }

  /** Take a key off this device for good. */
  remove(community: string, voter: number): Promise<void> {
    return this.shelf.remove(idOf(community, voter))
  }

  /** Count the try before it is made, so that closing the page in the middle does not give it back. */
  private chargeTry(id: string): Promise<KeyRecord> {
    return this.shelf.change(id, (old) => {
      if (!old) throw new KeyMissing('this phone holds no key for that owner')
      if (old.pausedUntil > this.now()) throw new PinRefused('paused', 0, old.pausedUntil)
      const wrongTries = old.wrongTries + 1
      return { ...old, wrongTries, pausedUntil: pauseEnd(wrongTries, this.now()) }
    })
  }
}

/** From the fifth wrong try on each one costs a pause, doubling from a minute up to a day. */
function pauseEnd(wrongTries: number, now: number): number {
  if (wrongTries < FREE_TRIES) return 0
  return now + Math.min(FIRST_PAUSE_MS * 2 ** (wrongTries - FREE_TRIES), LONGEST_PAUSE_MS)
}

const triesLeft = (wrongTries: number): number => Math.max(FREE_TRIES - wrongTries, 0)

const idOf = (community: string, voter: number): string => `${community}/${voter}`

function plain(record: KeyRecord | undefined): OwnerKey | undefined {
  return record && { community: record.community, voter: record.voter, address: record.address }
}
