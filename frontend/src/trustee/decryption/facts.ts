/** What a trustee's browser found on the chain by itself: plain data, so that it can be judged, shown and kept. */
import type { Address, Hex } from 'viem'
import type { Check } from '@/verifier/findings'
import type { Aggregate } from '@/wsb/decryption'

/** A sum of the recount that may be decrypted: `a` alone is what a share is made over. */
export interface Sum extends Aggregate {
  a: Hex
  /** What the trustees opened it to, once they did. */
  value: number | null
}

/** A stage of the tally by this browser's own computation. */
export interface Stage {
  stage: 0 | 1
  sums: Sum[]
  /** How many shares each trustee has posted, by number from 1. */
  posted: number[]
}

/**
 * Whose keys opened sums would be decrypted with. `own`: made by the run in which this trustee approved, of the
 * coefficients of its seed; `absent`: it was no trustee of the last run; `unapproved`: it did not approve that run;
 * `other`: coefficients, dealings or share keys are not what its seed makes.
 */
export type KeyStanding = 'own' | 'absent' | 'unapproved' | 'other'

export interface Figures {
  area: number
  heads: number
}

export interface Facts {
  chainId: number
  block: number
  registry: Address
  board: Address | null
  /** The community's contract for secret meetings, and the one that holds this meeting by the registry's own word. */
  secretMeeting: Address | null
  holder: Address | null
  /** The meeting is secret, and no other contract speaks under its number. */
  isSecret: boolean
  /** Every check of the audit. */
  checks: Check[]
  run: number
  trustee: number
  threshold: number
  trustees: number
  keys: KeyStanding
  /** What the keys were adopted for; `keys.context` says whether it is the one recomputed. */
  context: Hex | null
  /** Recomputed from the ballots; none before the contract sealed. */
  sealHash: Hex | null
  isVoid: boolean
  ballots: number
  total: Figures
  /** The largest area of one owner. */
  largest: number
  part: Figures
  quorum: boolean
  stages: Stage[]
}

/** One sum as a key of records. */
export const nameOf = ({ motion, level, side }: Aggregate): string => `${motion}/${level}/${side}`

/** The stage that waits for shares or opening; nothing when all is open. */
export const waitingStage = ({ stages }: Facts): Stage | undefined =>
  stages.find(({ sums }) => sums.some(({ value }) => value === null))
