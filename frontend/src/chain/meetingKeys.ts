/**
 * The code of a secret meeting's keys: what every phone, the trustees' pages and a notice on the wall must show alike.
 * It is the start of the context that ballots are bound to: chain, contract, frozen content, roll, trustees and keys.
 */
import type { Meeting } from '@/api/types'
import { fingerprintOf } from './receiptCode'
import { checkedForm } from './secretForm'

/** The code as four groups of four; nothing where the meeting has no keys or contradicts itself. */
export function meetingKeysCode(meeting: Meeting): string | undefined {
  const form = checkedForm(meeting)
  return form && fingerprintOf(form.context)
}
