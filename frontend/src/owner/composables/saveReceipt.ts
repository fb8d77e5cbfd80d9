/** What an owner keeps of a ballot: a picture with a code to check, and a file for the audit or a court. */
import { encodeReceipt } from '@/chain/receiptCode'
import { castAt, type KeptBallot } from '@/chain/outbox'
import { receiptClaim } from '@/api/claims'
import { saveFile } from '@/composables/saveFile'

/** A ballot for which the phone holds a receipt. */
export type ReceiptedBallot = KeptBallot & { receipt: NonNullable<KeptBallot['receipt']> }

/** The address that checks a receipt on any device; what is behind the # reaches no server. */
export function checkLink(ballot: ReceiptedBallot, origin: string): string {
  const { chainId, contract } = castAt(ballot)
  const { community, receipt } = ballot
  const code = encodeReceipt({ ...receiptClaim(receipt), community, chainId, contract })
  return `${origin}/check#${code}`
}

/** What the file says: the receipt, and the signed ballot that anyone may put on the chain. */
export function receiptFile(kept: KeptBallot): string {
  const { receipt, signature, transaction } = kept
  const { ballots, chainId, contract } = castAt(kept)
  const ballot = 'body' in kept ? { body: kept.body, signature } : { choices: kept.choices, signature }
  const chain = { chain_id: chainId, [`${ballots}_meeting`]: contract }
  return JSON.stringify({ chain, receipt, ballot, transaction: transaction ?? null }, null, 2)
}

const nameOf = ({ meeting, voter }: KeptBallot, type: string): string =>
  `wanjia-receipt-${meeting}-${voter}.${type}`

/** Hand the file to the browser's downloads. */
export function saveReceipt(ballot: KeptBallot): void {
  const file = new Blob([receiptFile(ballot)], { type: 'application/json' })
  saveFile(file, nameOf(ballot, 'json'))
}

/** Hand the picture to the phone's own sheet, which knows the album; else to the downloads. */
export async function saveReceiptImage(ballot: KeptBallot, canvas: HTMLCanvasElement): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('the browser made no picture')
  const file = new File([blob], nameOf(ballot, 'png'), { type: 'image/png' })
  if (matchMedia('(pointer: coarse)').matches && navigator.canShare?.({ files: [file] })) {
    await navigator.share({ files: [file] }).catch(ignoreAbort)
  } else saveFile(file, file.name)
}

/** Closing the sheet is no error. */
function ignoreAbort(cause: unknown): void {
  if (!(cause instanceof DOMException && cause.name === 'AbortError')) throw cause
}
