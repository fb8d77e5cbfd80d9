/** What a meeting's secret ballots are bound to: its contract, content, roll, trustees and keys. */
import type { Address, Hex } from 'viem'
import { tagged, words } from './hashing'
import type { Coordinates } from './group'

export interface TrusteeSet {
  chainId: number
  board: Address
  meeting: number
  threshold: number
  /** Trustees count from 1 in this order. */
  accounts: Address[]
}

/** The hash that the supervisor confirms; the accounts as `abi.encode` writes an array: offset, length, items. */
export const trusteeSetHash = ({ chainId, board, meeting, threshold, accounts }: TrusteeSet): Hex =>
  tagged('trustees', words(chainId, board, meeting, threshold, 6 * 32, accounts.length, ...accounts))

export interface Context {
  chainId: number
  secretMeeting: Address
  meeting: number
  conveneHash: Hex
  rollDigest: Hex
  trusteeSetHash: Hex
  threshold: number
  trustees: number
  keys: { inFavour: Coordinates; against: Coordinates }
}

/** The context that every challenge of the meeting covers. */
export function contextOf(of: Context): Hex {
  const { inFavour, against } = of.keys
  return tagged(
    'context',
    words(of.chainId, of.secretMeeting, of.meeting, of.conveneHash, of.rollDigest, of.trusteeSetHash) +
      words(of.threshold, of.trustees, inFavour.x, inFavour.y, against.x, against.y),
  )
}
