/** Hashing of WSB-1: 32-byte words, tagged hashes and hashes to a scalar. Words are hex digits without 0x. */
import type { Hex } from 'viem'
import { keccak256, stringToHex } from 'viem/utils'
import { Q, type Point } from './group'

export type Tag =
  | 'context'
  | 'ballot'
  | 'cap'
  | 'enrolment'
  | 'commitment'
  | 'possession'
  | 'dealing'
  | 'transcript'
  | 'trustees'
  | 'seal'
  | 'share'
  | 'account'
  | 'encryption'
  | 'polynomial'
  | 'randomness'

const tags = new Map<Tag, Hex>()

/** The word that stands for a tag. */
export function tagHash(tag: Tag): Hex {
  let hash = tags.get(tag)
  if (hash === undefined) tags.set(tag, (hash = keccak256(stringToHex(`WSB-1 ${tag}`))))
  return hash
}

/** Numbers, hashes, accounts (one word each) and points (two) one after the other. */
export function words(...values: (bigint | number | Hex | Point)[]): string {
  return values.map((value) => (typeof value === 'object' ? pointWords(value) : word(value))).join('')
}

const word = (value: bigint | number | Hex): string => BigInt(value).toString(16).padStart(64, '0')

function pointWords(point: Point): string {
  const { x, y } = point.toAffine()
  return word(x) + word(y)
}

/** keccak256 of words. */
export const keccakOf = (content: string): Hex => keccak256(`0x${content}`)

/** keccak256 of a tag and words. */
export const tagged = (tag: Tag, content: string): Hex => keccakOf(words(tagHash(tag)) + content)

/** `H`: a scalar from 512 bits of hash. */
export function challengeOf(tag: Tag, content: string): bigint {
  const hash = tagged(tag, content)
  const half = (which: number) => BigInt(keccakOf(words(hash, which)))
  return ((half(0) << 256n) | half(1)) % Q
}

/** The words of some bytes; their number is a multiple of 32 bytes. */
export function wordsOf(bytes: Hex): bigint[] {
  if ((bytes.length - 2) % 64) throw new RangeError('not whole words')
  const found: bigint[] = []
  for (let at = 2; at < bytes.length; at += 64) found.push(BigInt(`0x${bytes.slice(at, at + 64)}`))
  return found
}
