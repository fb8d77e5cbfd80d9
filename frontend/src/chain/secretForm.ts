/** The form of a secret meeting's ballots, from what the server tells of the meeting, held against itself. */
import type { Hex } from 'viem'
import type { Meeting } from '@/api/types'
import { contextOf } from '@/wsb/context'
import type { Form } from '@/wsb/form'
import { readPoint, type Coordinates } from '@/wsb/group'
import { wordsOf } from '@/wsb/hashing'

/**
 * What ballots of the meeting are made and opened with; nothing where it is open, has no keys yet, or its context is not
 * that of its contract, frozen content, roll, trustees and keys. The meeting itself is checked before (`Trust`).
 */
export function checkedForm({
  ballots,
  chain,
  convene_hash,
  convening,
  keys,
  meeting,
}: Meeting): Form | undefined {
  if (ballots !== 'secret' || !keys?.roll_digest) return undefined
  const [inFavour, against] = [coordinatesOf(keys.in_favour), coordinatesOf(keys.against)]
  if (!inFavour || !against) return undefined
  const context = contextOf({
    chainId: chain.chain_id,
    secretMeeting: chain.contract,
    meeting,
    conveneHash: convene_hash,
    rollDigest: keys.roll_digest as Hex,
    trusteeSetHash: keys.trustee_set_hash as Hex,
    threshold: keys.threshold,
    trustees: keys.trustees,
    keys: { inFavour, against },
  })
  if (context !== keys.context.toLowerCase()) return undefined
  return {
    context,
    keys: { inFavour, against },
    motions: convening.motions.map(({ group, cap }) => ({ group, cap })),
  }
}

/** The coordinates of a point of 64 bytes that may be read. */
function coordinatesOf(written: string): Coordinates | undefined {
  if (!/^0x[0-9a-f]{128}$/i.test(written)) return undefined
  const [x, y] = wordsOf(written as Hex)
  return readPoint(x!, y!) && { x: x!, y: y! }
}
