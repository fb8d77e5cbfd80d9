/** A rehearsal: a board in memory, a person at seat 1, and two simulated trustees who follow. */
import type { TrusteeWorld } from '../composables/useTrustee'
import { memoryShelves } from '@/store/memory'
import { numberOf, placeOf, type RunView } from '../chain/board'
import { Vault } from '../vault/vault'
import { REHEARSAL_PLACE, RehearsalBoard } from './board'
import { Companion } from './companions'
import type { Opener } from './count'

const OWN_SEAT = '1'
const DAY = 86_400

export interface Rehearsal {
  world: TrusteeWorld
  board: RehearsalBoard
  /** A simulated trustee's share of the count. */
  opener: (run: RunView) => Promise<Opener>
  stop: () => void
}

export interface RehearsalWishes {
  /** What the seats and the meeting are called. */
  labels: [string, string, string]
  title: string
  /** A simulated trustee deals wrongly in the first run. */
  fault: boolean
  /** How long the simulated trustees take over a step. */
  delay?: number
  iterations?: number
}

/** Set one up; nothing of it leaves the page. */
export function rehearse(wishes: RehearsalWishes): Rehearsal {
  const { delay = 1_200, fault, iterations, labels, title } = wishes
  const board = new RehearsalBoard(labels)
  const companions = [new Companion(board, 2), new Companion(board, 3, fault)]
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** One turn of one companion at a time, with a pause as people make it. */
  async function follow(): Promise<void> {
    for (const companion of companions) if (!stopped && (await companion.turn())) return
  }
  board.changed = () => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void follow(), delay)
  }
  const now = Math.floor(Date.now() / 1_000)
  const world: TrusteeWorld = {
    ...{ slug: 'rehearsal', meeting: board.view.meeting, api: board, token: OWN_SEAT, rehearsal: true },
    vault: new Vault(memoryShelves(), iterations),
    place: () => Promise.resolve(REHEARSAL_PLACE),
    async about() {
      // the others have joined before the person comes
      await seated
      return { title, state: 'notice', opens_at: now + 3 * DAY, closes_at: now + 13 * DAY }
    },
    pace: { first: 700, longest: 700 },
    pause: () => new Promise((resume) => setTimeout(resume, Math.min(delay, 300))),
    ...(iterations ? { iterations } : {}),
  }
  const seated = (async () => {
    for (const companion of companions) await companion.sit()
  })()
  const opener = async (run: RunView): Promise<Opener> => {
    const view = await board.board()
    const helper = companions[0]!
    const account = await helper.account(placeOf(view))
    const trustee = numberOf(run, account)
    return { trustee, secrets: helper.secrets(view, trustee) }
  }
  return {
    ...{ world, board, opener },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
