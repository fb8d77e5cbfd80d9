/** A refusal as a file: what a trustee hands to the auditor. No secret is in it. */
import { sayCheck, type Say } from '@/verifier/say'
import type { TrusteeSeat } from '../vault/exportFile'
import type { Facts } from './facts'
import type { Refusal } from './judge'

/** Reasons in words, what was found, and every check of the audit. `now`: milliseconds. */
export function refusalJson(
  { community, place, seat, label, account }: TrusteeSeat,
  refusals: Refusal[],
  { checks, ...found }: Facts,
  say: Say,
  now = Date.now(),
) {
  return {
    format: 'wanjia-refusal-1',
    saved_at: Math.floor(now / 1000),
    ...{ community, meeting: place.meeting, chain_id: place.chainId, board: place.board },
    ...{ seat, label, account },
    refusals: refusals.map(({ reason, checks: ids }) => ({
      reason,
      text: say(`decrypt.refusal.${reason}`, {}),
      checks: ids,
    })),
    found,
    checks: checks.map((check) => ({ id: check.id, ok: check.ok, detail: sayCheck(check, say) })),
  }
}
