/** What the desk reads from seats and board: where the trustees are, whose an account is, what is late. Pure. */
import type { Address } from 'viem'
import type { MeetingState } from '@/api/types'
import type { Board, Seating } from '@/desk/api/trusteesApi'
import { sameAddress } from '@/desk/chain/addresses'

/**
 * `seats`: to be set; `joining`: somebody is missing; `proposing`, `confirming`: an official's turn; `ceremony`: the
 * trustees make keys; `made`: the keys wait for the sealed roll and the system; `adopted`: they are the meeting's;
 * `decrypting`: sums are opened; `opened`: they are, and the result is declared; `over`: nothing more can be done, or has to be.
 */
export type TrusteePhase =
  | 'seats'
  | 'joining'
  | 'proposing'
  | 'confirming'
  | 'ceremony'
  | 'made'
  | 'adopted'
  | 'decrypting'
  | 'opened'
  | 'over'

export const STEPS = ['commit', 'reveal', 'deal', 'approve'] as const
export type KeyStep = (typeof STEPS)[number]
type Run = NonNullable<Board['run']>
export type RunTrustee = Run['trustees'][number]

const EARLY: readonly MeetingState[] = ['convened', 'notice']

/** The accounts that took the seats, in seat order; empty while one is missing. */
export function seatedAccounts({ seats }: Seating): readonly Address[] {
  const accounts = seats.flatMap(({ account }) => (account ? [account] : []))
  return accounts.length === seats.length ? accounts : []
}

/** Tell whether what is proposed is exactly who sits, with the same threshold. */
export function isProposed(board: Pick<Board, 'proposal'>, seating: Seating): boolean {
  const { proposal } = board
  if (!proposal) return false
  if (seating.seats.length === 0) return true
  const accounts = seatedAccounts(seating)
  return (
    proposal.threshold === seating.threshold &&
    accounts.length === proposal.accounts.length &&
    accounts.every((account, at) => sameAddress(account, proposal.accounts[at]))
  )
}

/** Tell whether the latest run is of the trustees proposed last. */
export const isConfirmed = ({ proposal, run }: Pick<Board, 'proposal' | 'run'>): boolean =>
  !!proposal && proposal.trustee_set_hash === run?.trustee_set_hash

export function phaseOf(board: Board, seating: Seating, state: MeetingState): TrusteePhase {
  if (board.stage && state === 'closed') return 'decrypting'
  if (board.seal_hash && (state === 'declared' || state === 'final')) return 'opened'
  if (board.context) return 'adopted'
  if (!EARLY.includes(state)) return 'over'
  if (isProposed(board, seating)) {
    if (!isConfirmed(board)) return 'confirming'
    return board.run?.keys ? 'made' : 'ceremony'
  }
  if (seating.seats.length === 0) return 'seats'
  return seatedAccounts(seating).length > 0 ? 'proposing' : 'joining'
}

/** The office of an account, by the seats as they are now. */
export const officeOf = (seats: Board['seats'], account: Address): string | undefined =>
  seats.find((seat) => sameAddress(seat.account, account))?.label

/** Tell whether a trustee has taken a step of its run. */
export function hasTaken(trustee: RunTrustee, step: KeyStep): boolean {
  if (step === 'commit') return trustee.commitment !== null
  if (step === 'reveal') return trustee.coefficients !== null
  if (step === 'deal') return trustee.shares !== null
  return trustee.approved
}

/** How many sums a trustee has posted shares of, in the stage that is being opened. */
export const postedBy = ({ stage }: Pick<Board, 'stage'>, trustee: number): number =>
  stage?.posted.find((one) => one.trustee === trustee)?.shares ?? 0
