/** What a trustee's browser checks by itself before it acts: the server is not believed. */
import type { Address, Hex } from 'viem'
import { keccak256 } from 'viem/utils'
import {
  coefficientsOf,
  commitHash,
  commitmentOf,
  revealHash,
  runWords,
  transcriptOf,
  type Entry,
} from '@/wsb/ceremony'
import { G, multiply, settle, type Point } from '@/wsb/group'
import { keccakOf, words } from '@/wsb/hashing'
import {
  numberOf,
  pointOf,
  runPlaceOf,
  setHashOf,
  type BoardView,
  type RunPlace,
  type RunView,
} from './board'
import { dealingOf, encryptionSecretOf, polynomialsOf, shareSecretsOf, type Seed } from './derive'

/**
 * Why this browser does not go on. `otherPlace`: another board than the one the seat was taken on; `otherSet`: the
 * trustees are not those whose hash stands there; `minority`: at most half of the trustees could open; `notMine`: something under this trustee's name that its seed does
 * not make; `otherKeys`: shares would go to other keys than before; `otherRecord`: board and transcript differ.
 */
export type SuspicionReason = 'otherPlace' | 'otherSet' | 'minority' | 'notMine' | 'otherKeys' | 'otherRecord'

export class Suspicion extends Error {
  constructor(readonly reason: SuspicionReason) {
    super(reason)
  }
}

/**
 * This trustee's number in the run. Throws `Suspicion('otherSet')` unless the set is what its hash says, and
 * `Suspicion('minority')` while keys are made that at most half could open: without this approval none come of it.
 */
export function ownNumber(board: BoardView, run: RunView, account: Address): number {
  const number = numberOf(run, account)
  const lines = run.trustees
  const fits =
    number > 0 &&
    setHashOf(runPlaceOf(board, run)) === run.trustee_set_hash.toLowerCase() &&
    lines.length === run.accounts.length &&
    lines.every((line, at) => line.trustee === at + 1 && numberOf(run, line.account) === at + 1)
  if (!fits) throw new Suspicion('otherSet')
  if (run.step !== 'complete' && 2 * run.threshold <= run.accounts.length) throw new Suspicion('minority')
  return number
}

/** The keys that all trustees committed. Throws `Suspicion('otherRecord')` while one is missing or unreadable. */
export function encryptionKeys(run: RunView): Point[] {
  const keys = run.trustees.flatMap(({ encryption_key }) => pointOf(encryption_key) ?? [])
  if (keys.length !== run.accounts.length) throw new Suspicion('otherRecord')
  return keys
}

/** A run and the keys dealt to in it, each as a hash: what a browser remembers of its dealing. */
export const dealingMemory = (place: RunPlace, keys: Point[]): [run: Hex, keys: Hex] => [
  keccakOf(runWords(place) + words(setHashOf(place))),
  keccakOf(words(...settle(keys))),
]

/** The transcript of everything on the board, computed here. Throws `Suspicion('otherRecord')`. */
export function ownTranscript(board: BoardView, run: RunView): Hex {
  const place = runPlaceOf(board, run)
  const expected = 3 * run.trustees.length
  const entries = run.entries.map(
    ({ step, trustee }): Entry => ({ step, trustee, dataHash: said(run, step, trustee) }),
  )
  const different = new Set(run.entries.map(({ step, trustee }) => `${step}/${trustee}`)).size
  if (entries.length !== expected || different !== expected) throw new Suspicion('otherRecord')
  for (const [at, { coefficients, commitment }] of run.trustees.entries())
    if (
      commitmentOf(
        place,
        at + 1,
        coefficients!.map((point) => pointOf(point)!),
      ) !== commitment
    )
      throw new Suspicion('otherRecord')
  const transcript = transcriptOf(place, setHashOf(place), entries)
  if (transcript !== run.transcript.toLowerCase()) throw new Suspicion('otherRecord')
  return transcript
}

/**
 * Everything before an approval; gives the transcript to approve. Throws `BadDealing` with the dealer at fault when a
 * dealing does not fit, `Suspicion` for anything that the server or somebody in its name did.
 */
export function checkedTranscript(board: BoardView, run: RunView, seed: Seed, trustee: number): Hex {
  checkOwn(board, run, seed, trustee)
  shareSecretsOf(seed, board, trustee)
  return ownTranscript(board, run)
}

/** Commitment, key, coefficients and dealing under this trustee's number are those of its seed, as far as they are there. */
export function checkOwn(board: BoardView, run: RunView, seed: Seed, trustee: number): void {
  const place = runPlaceOf(board, run)
  const own = run.trustees[trustee - 1]!
  const coefficients = coefficientsOf(polynomialsOf(seed, place))
  const key = multiply(G, encryptionSecretOf(seed, place))
  const fits =
    (own.commitment === null || own.commitment === commitmentOf(place, trustee, coefficients)) &&
    (own.encryption_key === null || own.encryption_key === `0x${words(key)}`) &&
    (own.coefficients === null ||
      own.coefficients.every((point, at) => point === `0x${words(coefficients[at]!)}`)) &&
    (own.shares === null || own.shares === dealingOf(seed, place, trustee, encryptionKeys(run)))
  if (!fits) throw new Suspicion('notMine')
}

function said(run: RunView, step: number, trustee: number): Hex {
  const { commitment, encryption_key, coefficients, shares } = run.trustees[trustee - 1] ?? {}
  const key = pointOf(encryption_key)
  const points = coefficients?.flatMap((point) => pointOf(point) ?? [])
  if (step === 1 && commitment && key) return commitHash(commitment, key)
  if (step === 2 && points && points.length === 2 * run.threshold) return revealHash(points)
  if (step === 3 && shares) return keccak256(shares)
  throw new Suspicion('otherRecord')
}
