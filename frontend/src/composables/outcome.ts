/** A motion's outcome by one measure (heads or area), in whole numbers. */
import type { Majority, MotionResult } from '@/api/types'

export interface Outcome {
  /** Those for, of all who took part. */
  inFavour: number
  part: number
  majority: Majority
}

/** Tell whether those for reach the majority the motion needs; exactly half does not, three quarters does. */
export function reachesMajority({ inFavour, part, majority }: Outcome): boolean {
  return majority === 'special'
    ? 4n * BigInt(inFavour) >= 3n * BigInt(part) && part > 0
    : 2n * BigInt(inFavour) > BigInt(part)
}

/** Where the threshold stands on a bar, in percent. */
export const thresholdAt = (majority: Majority): number => (majority === 'special' ? 75 : 50)

/** Width of a part on a bar, in percent. */
export const widthOf = (part: number, whole: number): string => `${whole === 0 ? 0 : (100 * part) / whole}%`

/** Both ends of an area that is known by bounds, in 0.01 m². */
export interface Between {
  lower: number
  upper: number
}

/** An area known exactly, as the interval it is. */
export const exactly = (area: number): Between => ({ lower: area, upper: area })

/** Both areas of a motion as intervals. */
export function boundsOf({
  in_favour,
  against,
  in_favour_area,
  against_area,
}: Pick<MotionResult, 'in_favour' | 'against' | 'in_favour_area' | 'against_area'>): {
  inFavour: Between
  against: Between
} {
  return {
    inFavour: in_favour_area ?? exactly(in_favour.area),
    against: against_area ?? exactly(against.area),
  }
}

/** Whether a motion's areas are known by bounds only: of a secret meeting, no further than its verdict needs. */
export function isBounded({
  in_favour_area: inFavour,
  against_area: against,
}: Pick<MotionResult, 'in_favour_area' | 'against_area'>): boolean {
  return [inFavour, against].some((area) => area && area.lower !== area.upper)
}
