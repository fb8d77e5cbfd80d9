/** The code of a secret ballot that was cast, for a device that has its receipt only. */
import type { Address, Hex } from 'viem'
import { secretBallotDigest } from '@/wsb/ballot'
import { shortCode } from '@/wsb/opening'

/** What a receipt says of the ballot; `ballotHash` is what the owner signed. */
export interface CastBallot {
  chainId: number
  contract: Address
  meeting: number
  voter: number
  ballotHash: Hex
}

/**
 * The code, if what the server says was encrypted (`encryptedHash`) is what was signed: the receipt's hash covers it, so
 * the server cannot name another.
 */
export function castCodeOf(cast: CastBallot, encryptedHash: Hex): string | undefined {
  const { chainId, contract, meeting, voter } = cast
  const signed = secretBallotDigest(
    { chainId, secretMeeting: contract },
    { meeting, voter, ballotHash: encryptedHash },
  )
  return signed === cast.ballotHash.toLowerCase() ? shortCode(encryptedHash) : undefined
}
