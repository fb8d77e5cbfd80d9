/** Ballots with everything an auditor asks of them: hash, choices, who signed, whose key it was. */
import { isAddressEqual } from 'viem/utils'
import type { Address, Hex } from 'viem'
import {
  ballotAt,
  ballotHasher,
  picksOf,
  positionsOf,
  signerOf,
  type Ballot,
  type Batch,
  type Pick,
} from './ballots'
import { keyAt, readKeys } from './community'
import type { Community, Explorer } from './explorer'
import { readBatches, readFrozen, type Frozen } from './meeting'

export interface BallotView extends Ballot {
  hash: Hex
  picks: Pick[]
  /** Bits stand beyond the last motion. */
  stray: boolean
  /** Who made the signature; `null` for nobody. */
  signer: Address | null
  /** The voter's key at that moment; `null` without one. */
  key: Address | null
  /** Whether the one is the other. */
  own: boolean
}

export interface CastBallot extends BallotView {
  batch: Batch
}

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
  const hashOf = ballotHasher({ chainId, openMeeting: batch.address }, frozen.meeting, frozen.conveneHash)
  return Promise.all(
    ballots.map(async (ballot) => {
      const hash = hashOf(ballot)
      const signer = await signerOf(hash, ballot.signature)
      const key = keyAt(keys, ballot.voter, batch)
      const own = signer !== null && key !== null && isAddressEqual(signer, key)
      return {
        ...ballot,
        ...picksOf(ballot.choices, frozen.convening.motions.length),
        hash,
        signer,
        key,
        own,
      }
    }),
  )
}

/** Where in a batch the ballot with this hash lies; -1 for nowhere. */
export function positionOfHash(chainId: number, frozen: Frozen, batch: Batch, hash: string): number {
  const hashOf = ballotHasher({ chainId, openMeeting: batch.address }, frozen.meeting, frozen.conveneHash)
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
