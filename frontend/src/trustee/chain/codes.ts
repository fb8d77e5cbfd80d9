/** Short codes that people read aloud to each other: four groups of four. */
import type { Address } from 'viem'
import { fingerprintOf } from '@/chain/receiptCode'
import { runWords } from '@/wsb/ceremony'
import { keccakOf, words } from '@/wsb/hashing'
import { runPlaceOf, setHashOf, type BoardView, type RunView } from './board'

/** The code of an account, as the desk shows it too. */
export const accountCode = (account: Address): string => fingerprintOf(account)

/** The code of the keys that a run made, with all that they were made for; nothing before. */
export function keysCode(board: BoardView, run: RunView): string | undefined {
  if (!run.keys) return undefined
  const place = runPlaceOf(board, run)
  const keys = (run.keys.in_favour + run.keys.against.slice(2)).slice(2)
  return fingerprintOf(keccakOf(runWords(place) + words(setHashOf(place)) + keys))
}
