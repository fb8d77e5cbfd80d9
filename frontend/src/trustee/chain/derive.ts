/**
 * Everything a trustee holds comes of one seed of 32 bytes, drawn for one meeting (docs/secret-ballots.md).
 *
 * The same seed, board and trustees give the same values again, on any device. Other trustees, another threshold or
 * another run give values that say nothing about these.
 */
import type { Address, Hex } from 'viem'
import { bytesToHex, hexToBytes } from 'viem/utils'
import { addressOf } from '@/chain/signing'
import {
  SIDES,
  coefficientsOf,
  isShare,
  runWords,
  secretShares,
  shareOf,
  type Polynomials,
} from '@/wsb/ceremony'
import { deal, receive } from '@/wsb/dealing'
import type { Point } from '@/wsb/group'
import { challengeOf, words, type Tag } from '@/wsb/hashing'
import { pointOf, runPlaceOf, setHashOf, type BoardPlace, type BoardView, type RunPlace } from './board'

export type Seed = Uint8Array<ArrayBuffer>

/** A new seed from the browser's randomness. */
export const newSeed = (): Seed => crypto.getRandomValues(new Uint8Array(32))

/** What a trustee was dealt does not fit what its dealer revealed; or the board holds no such run or dealing. */
export class BadDealing extends Error {
  /** `dealer`: number of the trustee at fault. */
  constructor(readonly dealer: number) {
    super(`the dealing of trustee ${dealer} does not fit`)
  }
}

/** The private key of the trustee's account: 32 bytes. */
export function accountSecretOf(
  seed: Seed,
  { chainId, board, meeting }: BoardPlace,
): Uint8Array<ArrayBuffer> {
  const key = challengeOf('account', words(chainId, board, meeting, bytesToHex(seed)))
  return new Uint8Array(hexToBytes(`0x${words(key)}`))
}

/** The trustee's account. */
export const accountOf = (seed: Seed, place: BoardPlace): Promise<Address> =>
  addressOf(accountSecretOf(seed, place))

/** The secret of the key that others encrypt this trustee's shares to. */
export const encryptionSecretOf = (seed: Seed, place: RunPlace): bigint => drawn('encryption', seed, place)

/** The coefficients of a run, for and against, constant first. */
export function polynomialsOf(seed: Seed, place: RunPlace): Polynomials {
  const [inFavour, against] = SIDES.map((side) =>
    Array.from({ length: place.threshold }, (_, power) => drawn('polynomial', seed, place, side, power)),
  )
  return [inFavour!, against!]
}

/** What this trustee deals to the others under their keys, in their order. */
export function dealingOf(seed: Seed, place: RunPlace, dealer: number, keys: Point[]): Hex {
  const others = keys.map((key, at) => ({ key, trustee: at + 1 })).filter(({ trustee }) => trustee !== dealer)
  // Each key has a randomness of its own: keys that turn out to be others than before share none.
  const scalars = others.map(({ key, trustee }) => drawn('randomness', seed, place, dealer, trustee, key))
  return deal(place, dealer, polynomialsOf(seed, place), keys, () => scalars.shift()!)
}

/**
 * This trustee's two secrets, for and against: the sums of what every dealer gave it.
 *
 * Each is checked against its dealer's coefficients. Throws `BadDealing` with the first dealer whose dealing does not
 * fit; the trustee's own number when the coefficients under its name are not those of this seed.
 */
export function shareSecretsOf(seed: Seed, board: BoardView, trustee: number): [bigint, bigint] {
  const { run } = board
  if (!run) throw new BadDealing(trustee)
  const place = runPlaceOf(board, run)
  const polynomials = polynomialsOf(seed, place)
  const secret = encryptionSecretOf(seed, place)
  return secretShares(
    run.trustees.map(({ trustee: dealer, coefficients, shares }) => {
      const points = readAll(coefficients, 2 * run.threshold)
      if (!points) throw new BadDealing(dealer)
      if (dealer === trustee) return ownShares(polynomials, points, trustee)
      const given = shares === null ? undefined : received(place, dealer, trustee, secret, shares)
      if (!given || !SIDES.every((side) => isShare(points, side, trustee, given[side])))
        throw new BadDealing(dealer)
      return given
    }),
  )
}

function ownShares(polynomials: Polynomials, revealed: Point[], trustee: number): [bigint, bigint] {
  const own = coefficientsOf(polynomials)
  if (!own.every((point, at) => point.equals(revealed[at]!))) throw new BadDealing(trustee)
  return [shareOf(polynomials, 0, trustee), shareOf(polynomials, 1, trustee)]
}

function received(place: RunPlace, dealer: number, trustee: number, secret: bigint, shares: Hex) {
  try {
    return receive(place, dealer, trustee, secret, shares)
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

function readAll(coefficients: Hex[] | null, count: number): Point[] | undefined {
  const points = (coefficients ?? []).flatMap((bytes) => pointOf(bytes) ?? [])
  return points.length === count && coefficients?.length === count ? points : undefined
}

function drawn(tag: Tag, seed: Seed, place: RunPlace, ...purpose: (number | Point)[]): bigint {
  return challengeOf(tag, runWords(place) + words(setHashOf(place), ...purpose, bytesToHex(seed)))
}
