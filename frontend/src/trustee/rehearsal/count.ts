/** A made-up vote under the keys of a rehearsal: encrypted and added up, then opened by two trustees' shares. */
import { stringToHex, keccak256, type Hex } from 'viem'
import { shareKey, type Side } from '@/wsb/ceremony'
import { makeShare, opened, readShare, shareWords, type Aggregate, type Sealed } from '@/wsb/decryption'
import { G, INFINITY, multiply, settle, sum, type Point } from '@/wsb/group'
import { fresh } from '@/wsb/random'
import { pointOf, type RunView } from '../chain/board'

/** The made-up choices: 1 for, 2 against, 0 abstain. */
export const VOTES = [1, 1, 2, 0, 1] as const

export interface Total {
  inFavour: number
  against: number
}

/** What the made-up choices add up to. */
export const EXPECTED: Total = {
  inFavour: VOTES.filter((vote) => vote === 1).length,
  against: VOTES.filter((vote) => vote === 2).length,
}

const SEALED: Sealed = {
  context: keccak256(stringToHex('rehearsal')),
  sealHash: keccak256(stringToHex('rehearsal seal')),
}

/** The sums of the made-up ballots: `A`, and `B` of each side. */
export function sumsOf(run: RunView): [Point, Point, Point] {
  const [inFavour, against] = [pointOf(run.keys!.in_favour)!, pointOf(run.keys!.against)!]
  const ballots = VOTES.map((vote) => {
    const r = fresh()
    const voted = (side: number) => (vote === side ? G : INFINITY)
    return [multiply(G, r), multiply(inFavour, r).add(voted(1)), multiply(against, r).add(voted(2))]
  })
  const [a, b1, b2] = settle([0, 1, 2].map((at) => sum(ballots.map((ballot) => ballot[at]!))))
  return [a!, b1!, b2!]
}

/** One trustee's two secrets. */
export interface Opener {
  trustee: number
  secrets: [bigint, bigint]
}

/** Open the sums with these trustees' shares, each with a proof that is checked. Throws `RangeError` when nothing fits. */
export function openTotal(run: RunView, [a, ...sides]: [Point, Point, Point], openers: Opener[]): Total {
  const reveals = run.trustees.map(({ coefficients }) => coefficients!.map((point: Hex) => pointOf(point)!))
  const [inFavour, against] = ([0, 1] as Side[]).map((side) => {
    const of: Aggregate = { motion: 0, level: 0, side }
    const shares = openers.map(({ trustee, secrets }) => {
      const words = shareWords(makeShare(SEALED, trustee, of, secrets[side], a))
      const share = readShare(SEALED, trustee, of, shareKey(reveals, side, trustee), a, words)
      if (!share) throw new RangeError('a share that does not hold')
      return { trustee, d: share.d }
    })
    return counted(opened(sides[side]!, shares))
  })
  return { inFavour: inFavour!, against: against! }
}

/** How many times the generator: at most as often as there are votes. */
function counted(point: Point): number {
  for (let count = 0, some = INFINITY; count <= VOTES.length; count += 1, some = some.add(G))
    if (some.equals(point)) return count
  throw new RangeError('more than there are votes')
}
