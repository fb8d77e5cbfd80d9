/** One voter index: its keys, its area on each meeting's roll, its ballots. Never a person. */
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { readVoterBallots, type CastBallot } from './ballotViews'
import { readFrozen } from './binding'
import { readKeys } from './community'
import type { AnyEvent } from './events'
import { NotOnChain, type Community, type Explorer } from './explorer'

const MOST_VOTER = 2 ** 32

export interface VoterView {
  community: Community
  keys: AnyEvent[]
  areas: { meeting: number; area: number }[]
  ballots: CastBallot[]
}

/** Read a voter. Throws `NotOnChain` for an index of which this community's contracts know nothing. */
export async function readVoter(explorer: Explorer, slug: string, voter: number): Promise<VoterView> {
  const community = await explorer.community(slug)
  if (!(voter > 0 && voter < MOST_VOTER)) throw new NotOnChain(`voter ${voter}`)
  const [keys, meetings, ballots] = await Promise.all([
    readKeys(explorer, community, [voter]),
    readFrozen(explorer, community),
    readVoterBallots(explorer, community, voter),
  ])
  const areas = await Promise.all(
    [...meetings.values()].map(async ({ meeting, contract }) => ({
      meeting,
      area: Number(await explorer.reader.view(contract, openMeetingAbi, 'areaOf', [BigInt(meeting), voter])),
    })),
  )
  if (keys.length + ballots.length === 0 && areas.every(({ area }) => area === 0)) {
    throw new NotOnChain(`voter ${voter}`)
  }
  return { community, keys, areas, ballots }
}
