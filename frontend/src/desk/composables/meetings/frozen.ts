/** What a convening freezes, computed here from what is on the page: the call must say the same (docs/protocol.md). */
import type { Hex } from 'viem'
import { keccak256, stringToBytes } from 'viem/utils'
import { textHash } from '@/chain/eip712'
import type { PlanContent, PlanDocument } from '@/desk/api/meetingsApi'
import type { Expected, ReadCall } from '@/desk/chain/calls'

/** keccak256 of a scope's text. */
export const scopeHash = (scope: string): Hex => keccak256(stringToBytes(scope))

/**
 * The convening as far as this browser knows it; what counts besides flats (`rulesHash`) is the roll's to say.
 * `privacy` is the hash of a secret meeting's privacy check: the document after the notice.
 */
export function expectedConvening(
  content: PlanContent,
  documents: readonly PlanDocument[],
  privacy?: Hex,
): Expected {
  const { rules } = content
  const convening = {
    scopeHash: scopeHash(content.scope),
    motions: content.motions.map(({ matter, group, cap, title, text }) => ({
      matter,
      group,
      cap,
      textHash: textHash(title.trim(), text),
    })),
    documents: [
      textHash(content.title.trim(), content.notice),
      ...(privacy ? [privacy] : []),
      ...documents.map(({ hash }) => hash),
    ],
    opensAt: content.opens_at,
    closesAt: content.closes_at,
    rules: {
      noticePeriod: rules.notice_period,
      rollPeriod: rules.roll_period,
      paperPeriod: rules.paper_period,
      objectionPeriod: rules.objection_period,
    },
  }
  const contract = content.ballots === 'secret' ? 'secretMeeting' : 'openMeeting'
  return { name: 'convene', contract, args: { convening } }
}

/** Heads and area (0.01 m²) of the words that calls to publish a roll carry: eight areas of 32 bits a word. */
export function rollTotals(calls: readonly ReadCall[]): { heads: number; area: number } {
  const total = { heads: 0, area: 0 }
  for (const { name, args } of calls) {
    if (name !== 'publishRoll') continue
    for (const word of args.words as readonly bigint[]) {
      for (let left = word; left > 0n; left >>= 32n) {
        const area = Number(left & 0xffffffffn)
        total.area += area
        if (area > 0) total.heads += 1
      }
    }
  }
  return total
}
