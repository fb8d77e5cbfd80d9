/**
 * Checking that a phone encrypted what was chosen: a short code of the ballot is shown first; then the ballot is either
 * cast or opened on a second device, never both. An opened ballot proves how it would have been cast: it is thrown away.
 */
import type { Hex } from 'viem'
import { CHOICES, type Choice } from '@/chain/choices'
import { ballotHash, readBody } from './ballot'
import type { Form } from './form'
import { isScalar } from './group'
import { encrypt, type SecretBallot } from './proving'
import type { Ciphertext } from './statements'

// Base32 of RFC 4648: no 0, 1 or 8, which look like letters.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
// Eighty bits: a phone that wanted two ballots of one code would have to make some 2^40 of them.
const LENGTH = 16
const GROUP = /(.{4})(?=.)/g

/** The first sixteen characters of a ballot's hash in base32, in groups of four: to be read out and compared. */
export function shortCode(hash: Hex): string {
  const first = BigInt(hash) >> BigInt(256 - 5 * LENGTH)
  const letters = Array.from({ length: LENGTH }, (_, at) => {
    const five = (first >> BigInt(5 * (LENGTH - 1 - at))) & 31n
    return LETTERS[Number(five)]
  }).join('')
  return letters.replace(GROUP, '$1-')
}

/** What opens a ballot: the choice and the secret `r` of each motion, and the body they are said to be in. */
export interface Opening {
  body: Hex
  motions: { choice: Choice; r: Hex }[]
}

/** What a phone hands to the second device. */
export const openingOf = ({ body, secrets }: SecretBallot, choices: Choice[]): Opening => ({
  body,
  motions: choices.map((choice, motion) => ({
    choice,
    r: `0x${secrets[motion]!.toString(16).padStart(64, '0')}`,
  })),
})

/** What the second device finds: another ballot than the code's, or motions that hold something else than was said. */
export type Opened =
  | { kind: 'agrees' }
  | { kind: 'other-ballot' }
  | { kind: 'unreadable' }
  | { kind: 'differs'; motions: number[] }

/**
 * Encrypt the choices again and compare. `hash`: of the ballot whose code the phone showed before it knew that it would
 * be opened, as the operator signed it: the code is for the eye, the whole hash is what binds.
 */
export function openBallot(form: Form, hash: Hex, { body, motions }: Opening): Opened {
  if (ballotHash(form.context, body) !== hash) return { kind: 'other-ballot' }
  const read = readBody(form, body)
  if (!read || motions.length !== read.motions.length) return { kind: 'unreadable' }
  const differing = motions.flatMap(({ choice, r }, motion) =>
    holds(form, read.motions[motion]!.ciphertext, choice, r) ? [] : [motion],
  )
  return differing.length ? { kind: 'differs', motions: differing } : { kind: 'agrees' }
}

/** What each motion of a body holds in truth, whatever was said of it; nothing where its secret does not open it. */
export function choicesHeld(form: Form, { body, motions }: Opening): (Choice | undefined)[] {
  const read = readBody(form, body)
  return motions.map(({ r }, motion) =>
    CHOICES.find((choice) => holds(form, read?.motions[motion]?.ciphertext, choice, r)),
  )
}

/** Tell whether a ciphertext is this choice encrypted with this secret. */
function holds(form: Form, ciphertext: Ciphertext | undefined, choice: Choice, r: Hex): boolean {
  const secret = BigInt(r)
  if (!ciphertext || !isScalar(secret)) return false
  return encrypt(form, choice, secret).every((point, at) => ciphertext[at]?.equals(point))
}
