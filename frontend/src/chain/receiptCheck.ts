/** Checks a receipt that came from anywhere: whose signature it bears, and where its ballot is now. */
import type { Api } from '@/api/api'
import { placeOf } from '@/api/claims'
import { Problem } from '@/api/problem'
import type { BallotStatus, Community, ServerBallotState } from '@/api/types'
import { isAddressEqual } from 'viem/utils'
import { receiptDigest, type ChainPlace, type MeetingPlace } from './eip712'
import type { PortableReceipt } from './receiptCode'
import { signedBy } from './signing'
import type { Trust } from './trust'

/**
 * `genuine`: signed by the one who takes this community's ballots; `forged`: by nobody who may;
 * `elsewhere`: it speaks of another community's ballots than it says.
 */
export type Proof = 'genuine' | 'forged' | 'elsewhere'

/** `unknown`: the server has no such ballot. */
export type Whereabouts = ServerBallotState | 'unknown'

export interface CheckedReceipt {
  receipt: PortableReceipt
  community: string
  meeting: string
  proof: Proof
  /** Asked only for a receipt that is genuine. */
  whereabouts?: Whereabouts
  status?: BallotStatus
}

/** Nothing more will happen to it. */
export const isAtRest = ({ proof, whereabouts }: CheckedReceipt): boolean =>
  proof !== 'genuine' || whereabouts === 'final' || whereabouts === 'refused'

/**
 * Check a receipt. Throws `Distrust` where this phone knows the community otherwise, `Problem` and `Unreachable`
 * as the server's answers come.
 */
export async function checkReceipt(
  api: Pick<Api, 'community' | 'meeting' | 'ballot'>,
  trust: Pick<Trust, 'checkPlace'>,
  receipt: PortableReceipt,
): Promise<CheckedReceipt> {
  const community = await api.community(receipt.community)
  await trust.checkPlace(receipt.community, placeOf(community))
  const proof = await proofOf(community, receipt)
  const found = { receipt, community: community.name, meeting: '', proof }
  if (proof !== 'genuine') return found
  const [{ title }, status] = await Promise.all([
    api.meeting(receipt.community, receipt.meeting),
    known(api, receipt),
  ])
  return { ...found, meeting: title, whereabouts: status?.state ?? 'unknown', status }
}

async function proofOf(community: Community, receipt: PortableReceipt): Promise<Proof> {
  const place = placeOf(community)
  const cast = castAt(place, receipt)
  if (!cast) return 'elsewhere'
  const signed = await signedBy(place.operator, receiptDigest(cast, receipt), receipt.signature)
  return signed ? 'genuine' : 'forged'
}

/** Which of the community's meetings a receipt speaks of: the open ones, the secret ones, or another's. */
function castAt(place: ChainPlace, { chainId, contract }: PortableReceipt): MeetingPlace | undefined {
  if (place.chainId !== chainId) return undefined
  if (isAddressEqual(place.openMeeting, contract)) return { chainId, contract, ballots: 'open' }
  const secret = place.secretMeeting && isAddressEqual(place.secretMeeting, contract)
  return secret ? { chainId, contract, ballots: 'secret' } : undefined
}

async function known(
  api: Pick<Api, 'ballot'>,
  { ballotHash }: PortableReceipt,
): Promise<BallotStatus | undefined> {
  try {
    return await api.ballot(ballotHash)
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined
    throw error
  }
}
