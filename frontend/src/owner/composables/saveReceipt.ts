/** Saves a receipt as a file that the audit, or a court, can check without this app. */
import type { KeptBallot } from '@/chain/outbox'
import { saveFile } from '@/composables/saveFile'

/** What the file says: the receipt, and the signed ballot that anyone may put on the chain. */
export function receiptFile({ place, receipt, choices, signature, transaction }: KeptBallot): string {
  const ballot = { choices, signature }
  const chain = { chain_id: place.chainId, open_meeting: place.openMeeting }
  return JSON.stringify({ chain, receipt, ballot, transaction: transaction ?? null }, null, 2)
}

/** Hand the file to the browser's downloads. */
export function saveReceipt(ballot: KeptBallot): void {
  const file = new Blob([receiptFile(ballot)], { type: 'application/json' })
  saveFile(file, `wanjia-receipt-${ballot.meeting}-${ballot.voter}.json`)
}
