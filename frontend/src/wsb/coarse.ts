/** Deciding a motion by an interval of area, where the whole interval says the same (docs/secret-ballots.md). */
import { hasMajority } from '@/verifier/decision'
import type { Rounding } from './tally'

const UNIT = 1000

/** Both ends of an area in 0.01 m². */
export interface Interval {
  lower: number
  upper: number
}

/** Where the true area lies when the coarse sum is `units`. */
export const intervalOf = (units: number, { above, below }: Rounding, areaPart: number): Interval => {
  const cut = (area: number) => Math.min(Math.max(area, 0), areaPart)
  return { lower: cut(UNIT * units - below), upper: cut(UNIT * units + above) }
}

export type Verdict = 'passed' | 'failed' | 'undecided'

/** The verdict on a motion by its majority among those who took part; the quorum is met before anything is opened. */
export function verdictOf(
  special: boolean,
  part: { area: number; heads: number },
  { lower, upper }: Interval,
  heads: number,
): Verdict {
  const enough = (area: number) =>
    hasMajority(special, { area: BigInt(part.area), heads: part.heads }, { area: BigInt(area), heads })
  return enough(lower) ? 'passed' : enough(upper) ? 'undecided' : 'failed'
}
