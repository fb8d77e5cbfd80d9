/** A meeting's board as the server tells it, and as the mathematics takes it. Points are 64 bytes in hex. */
import type { Address, Hex } from 'viem'
import type { components } from '@/api/schema'
import type { Run } from '@/wsb/ceremony'
import { trusteeSetHash } from '@/wsb/context'
import { readPoint, type Point } from '@/wsb/group'
import { wordsOf } from '@/wsb/hashing'

type Schemas = components['schemas']

export const STEPS = ['commit', 'reveal', 'deal', 'approve'] as const
/** What a run waits for. */
export type Step = (typeof STEPS)[number] | 'complete'

/** Trustees in their order, and how many of them open a sum. */
export type TrusteeSetView = Omit<Schemas['TrusteeSetAnswer'], 'accounts' | 'trustee_set_hash'> & {
  accounts: Address[]
  trustee_set_hash: Hex
}
/** What one trustee said in a run; null what was not said yet. */
export type TrusteeView = Omit<
  Schemas['TrusteeAnswer'],
  'account' | 'commitment' | 'encryption_key' | 'coefficients' | 'shares'
> & {
  account: Address
  commitment: Hex | null
  encryption_key: Hex | null
  coefficients: Hex[] | null
  shares: Hex | null
}
/** The latest run. */
export type RunView = TrusteeSetView & {
  run: number
  step: Step
  transcript: Hex
  /** What stands in the transcript, in the order it came: 1 commitment, 2 reveal, 3 dealing. */
  entries: { step: 1 | 2 | 3; trustee: number }[]
  trustees: TrusteeView[]
  keys: { in_favour: Hex; against: Hex } | null
}
/** A sum to decrypt: `a`, and the `b` of its side. */
export type AggregateView = Omit<Schemas['AggregateAnswer'], 'a' | 'b' | 'side'> & {
  side: 0 | 1
  a: Hex
  b: Hex
}
export type StageView = Omit<Schemas['StageAnswer'], 'stage' | 'aggregates'> & {
  stage: 0 | 1
  aggregates: AggregateView[]
}
/** Why the run before `run` was given up; `against` 0: by the supervisor, of nobody. */
export type RestartView = Omit<Schemas['RestartAnswer'], 'by' | 'reason_hash'> & {
  by: Address
  reason_hash: Hex
}
/** A seat of the meeting: the office that holds it, and the account that took it. */
export interface SeatView {
  seat: number
  label: string
  account: Address | null
}

/** Everything the board holds of one meeting. */
export type BoardView = Pick<Schemas['BoardAnswer'], 'chain_id' | 'meeting'> & {
  board: Address
  proposal: TrusteeSetView | null
  run: RunView | null
  restarts: RestartView[]
  seats: SeatView[]
  context: Hex | null
  seal_hash: Hex | null
  stage: StageView | null
}

/** The board of one meeting: what a trustee's account is made for. */
export type BoardPlace = Omit<Run, 'run'>

/** One attempt with its trustees: what a trustee's secrets are made for. */
export interface RunPlace extends Run {
  threshold: number
  accounts: Address[]
}

export const placeOf = ({ chain_id, board, meeting }: BoardView): BoardPlace => ({
  chainId: chain_id,
  board,
  meeting,
})

/** Where the latest run takes place. */
export const runPlaceOf = (board: BoardView, run: RunView): RunPlace => ({
  ...placeOf(board),
  run: run.run,
  threshold: run.threshold,
  accounts: run.accounts,
})

/** The hash of a run's trustees, computed here from their accounts. */
export const setHashOf = (place: RunPlace): Hex => trusteeSetHash(place)

/** A trustee's number, from 1; 0 for anybody else. */
export const numberOf = ({ accounts }: Pick<RunView, 'accounts'>, account: Address): number =>
  accounts.findIndex((one) => one.toLowerCase() === account.toLowerCase()) + 1

/** A point of 64 bytes, or nothing where there is none. */
export function pointOf(bytes: Hex | null | undefined): Point | undefined {
  if (bytes?.length !== 130) return undefined
  const [x, y] = wordsOf(bytes)
  return readPoint(x!, y!)
}
