/** The code of a secret ballot, countersigned by the operator before the owner decides to cast or to check. */
import type { Address, Hex } from 'viem'
import { hashTypedData } from 'viem/utils'
import { signedBy } from '@/chain/signing'
import type { SecretPlace } from './ballot'

/** Which ballot was shown, and when (UTC seconds, chain time). */
export interface BallotCode {
  meeting: number
  voter: number
  ballotHash: Hex
  shownAt: number
}

/** The operator's word for it. */
export interface ShownCode {
  shownAt: number
  signature: Hex
}

/** What the operator countersigns. */
export function ballotCodeDigest({ chainId, secretMeeting }: SecretPlace, code: BallotCode): Hex {
  return hashTypedData({
    domain: { name: 'Wanjia SecretMeeting', version: '1', chainId, verifyingContract: secretMeeting },
    types: {
      BallotCode: [
        { name: 'meeting', type: 'uint256' },
        { name: 'voter', type: 'uint32' },
        { name: 'ballotHash', type: 'bytes32' },
        { name: 'shownAt', type: 'uint64' },
      ],
    },
    primaryType: 'BallotCode',
    message: { ...code, meeting: BigInt(code.meeting), shownAt: BigInt(code.shownAt) },
  })
}

/** Tell whether `operator` countersigned this ballot. */
export const isCountersigned = (
  operator: Address,
  place: SecretPlace,
  code: BallotCode,
  signature: Hex,
): Promise<boolean> => signedBy(operator, ballotCodeDigest(place, code), signature)
