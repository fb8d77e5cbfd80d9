/** Ballots with everything an auditor asks of them: hash, choices or ciphertexts, who signed, whose key it was. */
import { isAddressEqual } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { MOTION_WORDS } from '@/wsb/form'
import { bodyHash, hasherOf, signerOf } from './ballotHash'
import {
  ballotAt,
  picksOf,
  positionsOf,
  type Batch,
  type OpenBallot,
  type Pick,
  type SecretBallot,
} from './ballots'
import { readFrozen, type Frozen } from './binding'
import { keyAt, readKeys } from './community'
import type { Community, Explorer } from './explorer'
import { readBatches } from './meeting'

// A point's digits; A, B1 and B2 lead each motion.
const POINT = 2 * 64

interface Signed {
  hash: Hex
  /** Who made the signature; `null` for nobody. */
  signer: Address | null
  /** The voter's key at that moment; `null` without one. */
  key: Address | null
  /** Whether the one is the other. */
  own: boolean
}
export interface Readable {
  picks: Pick[]
  /** Bits stand beyond the last motion. */
  stray: boolean
}
export interface Sealed {
  bodyHash: Hex
  /** A, B1 and B2 of each motion, 64 bytes each. */
  ciphertexts: Hex[][]
}
export type BallotView = Signed & ((OpenBallot & Readable) | (SecretBallot & Sealed))
export type CastBallot = BallotView & { batch: Batch }

/** The most voters whose keys are asked for at once. */
export const MOST_AT_ONCE = 30

/** Some ballots of a batch. */
export async function viewBallots(
  explorer: Explorer,
  community: Community,
  frozen: Frozen,
  batch: Batch,
  positions: readonly number[],
): Promise<BallotView[]> {
  const ballots = positions.map((position) => ballotAt(batch, position))
  const [{ chainId }, keys] = await Promise.all([
    explorer.system(),
    readKeys(explorer, community, [...new Set(ballots.map(({ voter }) => voter))]),
  ])
  const hashOf = hasherOf(chainId, frozen)
  const motions = frozen.convening.motions.length
  return Promise.all(
    ballots.map(async (ballot): Promise<BallotView> => {
      const hash = hashOf(ballot)
      const signer = await signerOf(hash, ballot.signature)
      const key = keyAt(keys, ballot.voter, batch)
      const own = signer !== null && key !== null && isAddressEqual(signer, key)
      const signed = { hash, signer, key, own }
      if (ballot.kind === 'open') return { ...signed, ...ballot, ...picksOf(ballot.choices, motions) }
      const { body } = ballot
      return { ...signed, ...ballot, bodyHash: bodyHash(frozen, body), ciphertexts: points(body, motions) }
    }),
  )
}

/** The ciphertexts of a body. */
function points(body: Hex, motions: number): Hex[][] {
  return Array.from({ length: motions }, (_, motion) =>
    [0, 1, 2].map((at): Hex => {
      const from = 2 + motion * MOTION_WORDS * 64 + at * POINT
      return `0x${body.slice(from, from + POINT)}`
    }),
  )
}

/** Where in a batch the ballot with this hash lies; -1 for nowhere. */
export function positionOfHash(chainId: number, frozen: Frozen, batch: Batch, hash: string): number {
  const hashOf = hasherOf(chainId, frozen)
  for (let at = 0; at < batch.count; at++) if (hashOf(ballotAt(batch, at)) === hash.toLowerCase()) return at
  return -1
}

/** Every record with a voter's index, in order. */
export async function readVoterBallots(
  explorer: Explorer,
  community: Community,
  voter: number,
): Promise<CastBallot[]> {
  const [batches, frozen] = await Promise.all([
    readBatches(explorer, community),
    readFrozen(explorer, community),
  ])
  const found = batches.map(async (batch) => {
    const content = frozen.get(batch.meeting)
    const positions = positionsOf(batch, voter)
    if (!content || positions.length === 0) return []
    const views = await viewBallots(explorer, community, content, batch, positions)
    return views.map((view) => ({ ...view, batch }))
  })
  return (await Promise.all(found)).flat()
}
