/** The site's texts held against the hashes that were frozen on the chain. */
import { keccak256, stringToBytes } from 'viem/utils'
import type { Hex } from 'viem'
import type { Meeting } from '@/api/types'
import { textHash } from '@/chain/eip712'
import type { MeetingOnChain } from './meeting'

export interface FrozenLine {
  kind: 'scope' | 'notice' | 'motion' | 'document'
  /** Motion or document, from 0. */
  at: number
  hash: Hex
  /** What the site shows for it; `null` where it shows nothing. */
  text: string | null
  /** Whether the site's text hashes to it; `null` for a file that was not looked at yet. */
  fits: boolean | null
}

/** Every hash of the frozen content beside what the site says it stands for. */
export function frozenLines({ convening }: MeetingOnChain, texts: Meeting | null): FrozenLine[] {
  const line = (
    kind: FrozenLine['kind'],
    at: number,
    hash: Hex,
    text: string | null,
    own: Hex | null,
  ): FrozenLine => ({ kind, at, hash, text, fits: own === null ? null : own === hash.toLowerCase() })
  const scope = texts?.scope ?? null
  return [
    line('scope', 0, convening.scopeHash, scope, scope === null ? null : keccak256(stringToBytes(scope))),
    ...convening.motions.map(({ textHash: hash }, at) => {
      const motion = texts?.convening.motions[at]
      return line(
        'motion',
        at,
        hash,
        motion?.title ?? null,
        motion ? textHash(motion.title, motion.text) : null,
      )
    }),
    ...convening.documents.map((hash, at) => {
      if (at === 0) {
        return line(
          'notice',
          at,
          hash,
          texts?.title ?? null,
          texts ? textHash(texts.title, texts.notice) : null,
        )
      }
      const name = texts?.convening.documents.find((each) => each.hash === hash)?.name ?? null
      return line('document', at, hash, name, null)
    }),
  ]
}
