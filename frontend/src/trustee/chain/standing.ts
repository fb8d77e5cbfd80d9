/** What a trustee has to do now, and how far the others are: read from the board alone, so it is the same after a reload. */
import type { MeetingState } from '@/api/types'
import { isFor, type Holding } from '../vault/vault'
import { STEPS, numberOf, placeOf, type BoardView, type RestartView, type RunView, type Step } from './board'
import { Suspicion, ownNumber } from './checks'

/** A step of the ceremony that trustees take. */
export type CeremonyStep = (typeof STEPS)[number]

/**
 * `foreign`: this browser holds nothing for the meeting and was not invited; `invited`: it has an invitation;
 * `export`: the file was not kept yet; `seat`: the seat is not taken yet; `unseated`: the seat is not this account's
 * any more; `waiting`: for committee and supervisor; `excluded`: others became trustees; `act`: this trustee's turn;
 * `watch`: the others' turn; `complete`: the keys are made; `decrypt`: sums wait; `over`; `ended`: without a result;
 * `suspect`: something does not fit.
 */
export type Scene =
  | 'foreign'
  | 'invited'
  | 'export'
  | 'seat'
  | 'unseated'
  | 'waiting'
  | 'excluded'
  | 'act'
  | 'watch'
  | 'complete'
  | 'decrypt'
  | 'over'
  | 'ended'
  | 'suspect'

export interface Standing {
  scene: Scene
  /** The step under way, once a run has begun. */
  step?: Step
  /** This trustee's number in the run. */
  trustee?: number
  suspicion?: Suspicion
}

/** Where a trustee stands. `invited`: the page was opened by an invitation. */
export function standingOf(
  board: BoardView,
  meeting: MeetingState,
  held: Holding | undefined,
  invited: boolean,
): Standing {
  if (meeting === 'void' || meeting === 'lapsed') return { scene: 'ended' }
  if (!held) return { scene: invited ? 'invited' : 'foreign' }
  if (!isFor(held, placeOf(board))) return { scene: 'suspect', suspicion: new Suspicion('otherPlace') }
  if (!held.exported) return { scene: 'export' }
  const { run } = board
  const seated = board.seats.some(({ account }) => sameAccount(account, held.account))
  // seats were set anew: the run under way, if any, ends with the next confirmation
  const takesSeats = board.seats.length > 0 ? run?.step !== 'complete' : !run
  if (invited && !seated && takesSeats) return { scene: 'seat' }
  if (run && numberOf(run, held.account)) return inRun(board, run, meeting, held)
  if (seated) return { scene: run ? 'excluded' : 'waiting' }
  if (run) return { scene: 'excluded' }
  return { scene: 'unseated' }
}

function inRun(board: BoardView, run: RunView, meeting: MeetingState, held: Holding): Standing {
  try {
    const trustee = ownNumber(board, run, held.account)
    const { step } = run
    if (step !== 'complete') return { scene: hasDone(run, trustee, step) ? 'watch' : 'act', step, trustee }
    const over = meeting === 'declared' || meeting === 'final'
    return { scene: over ? 'over' : board.stage ? 'decrypt' : 'complete', step, trustee }
  } catch (cause) {
    if (cause instanceof Suspicion) return { scene: 'suspect', suspicion: cause }
    throw cause
  }
}

/** Tell whether a trustee has taken a step of the run. */
export function hasDone(run: RunView, trustee: number, step: CeremonyStep): boolean {
  const line = run.trustees[trustee - 1]
  if (!line) return false
  const said = {
    commit: line.commitment,
    reveal: line.coefficients,
    deal: line.shares,
    approve: line.approved,
  }
  return step === 'approve' ? line.approved : said[step] !== null
}

/** One trustee in the table of all. */
export interface TrusteeLine {
  number: number
  /** The office; empty where the seats do not name it. */
  label: string
  own: boolean
  done: Record<CeremonyStep, boolean>
}

/** All trustees of the run; before one, all seats of the meeting. */
export function trusteeLines(board: BoardView, own: string | undefined): TrusteeLine[] {
  const { run, seats } = board
  const nothing = { commit: false, reveal: false, deal: false, approve: false }
  if (!run)
    return seats.map(({ seat, label, account }) => ({
      number: seat,
      label,
      own: sameAccount(account, own),
      done: nothing,
    }))
  return run.trustees.map(({ trustee, account }) => ({
    number: trustee,
    label: seats.find((seat) => sameAccount(seat.account, account))?.label ?? '',
    own: sameAccount(account, own),
    done: Object.fromEntries(STEPS.map((step) => [step, hasDone(run, trustee, step)])) as TrusteeLine['done'],
  }))
}

/** How many trustees have taken a step, of how many. */
export const progressOf = (run: RunView, step: CeremonyStep): { done: number; all: number } => ({
  done: run.trustees.filter(({ trustee }) => hasDone(run, trustee, step)).length,
  all: run.trustees.length,
})

/** Why the run under way began anew, if it did. */
export const restartOf = ({ run, restarts }: BoardView): RestartView | undefined =>
  restarts.find((restart) => restart.run === run?.run)

const sameAccount = (one: string | null | undefined, other: string | null | undefined): boolean =>
  !!one && one.toLowerCase() === other?.toLowerCase()
