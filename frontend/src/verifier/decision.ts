/** The decision rule of Civil Code 278, in whole numbers (docs/protocol.md). */
import type { Weight } from './events'

const both = (a: Weight, b: Weight, holds: (a: bigint, b: bigint) => boolean): boolean =>
  holds(a.area, b.area) && holds(BigInt(a.heads), BigInt(b.heads))

/** Matters 6, 7 and 8 need three quarters. */
export const isSpecial = (matter: number): boolean => matter >= 6 && matter <= 8

/** Two thirds of area and of heads took part, the bound included. */
export const hasQuorum = (total: Weight, part: Weight): boolean =>
  both(part, total, (some, all) => 3n * some >= 2n * all)

/** More than half, or three quarters and more, of area and of heads that took part. */
export const hasMajority = (special: boolean, part: Weight, inFavour: Weight): boolean =>
  special
    ? both(inFavour, part, (some, all) => 4n * some >= 3n * all)
    : both(inFavour, part, (some, all) => 2n * some > all)

/** The verdict on a motion; nothing passes without the quorum, or with nobody on the roll. */
export function isPassed(matter: number, total: Weight, part: Weight, inFavour: Weight): boolean {
  if (total.area === 0n || total.heads === 0) return false
  return hasQuorum(total, part) && hasMajority(isSpecial(matter), part, inFavour)
}
