/** Sends kept ballots whenever that may go better than before. */
import type { BallotOutbox } from '@/chain/outbox'

const EVERY_MS = 30_000

/** Try on start, when the phone is back on the network or in the hand, and every half minute. */
export function watchOutbox(outbox: BallotOutbox): void {
  const advance = () => void outbox.advanceAll()
  addEventListener('online', advance)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') advance()
  })
  setInterval(advance, EVERY_MS)
  advance()
}
