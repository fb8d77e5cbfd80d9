/** Who has shared, for the list that all may see. */
import type { Address } from 'viem'
import { numberOf, type BoardView } from '../chain/board'

/** One trustee in the list of who has shared. */
export interface Sharer {
  number: number
  label: string
  own: boolean
  done: boolean
}

/** Who has shared all of the stage, as the board shows it now. */
export function sharersOf(board: BoardView, own: Address): Sharer[] {
  const { run, stage, seats } = board
  return (run?.trustees ?? []).map(({ trustee, account }) => ({
    number: trustee,
    label: seats.find((seat) => seat.account?.toLowerCase() === account.toLowerCase())?.label ?? '',
    own: run !== null && numberOf(run, own) === trustee,
    done:
      (stage?.posted.find((one) => one.trustee === trustee)?.shares ?? 0) >= (stage?.aggregates.length ?? 1),
  }))
}
