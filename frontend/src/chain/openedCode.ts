/**
 * All that a second device needs to open a secret ballot, as short as it goes: `community.code`. The code is base64url
 * of version (1 byte), meeting (4), voter (4), ballot hash (32), shown at (5), countersignature (65), number of motions
 * (1), choices (two bits a motion, as in an open ballot, rounded up to bytes), the secret `r` of each motion (32), big
 * endian, and the first four bytes of the keccak256 of all before with the community's name in front. It stands behind
 * the # of an address: no server ever sees it.
 */
import {
  concatHex,
  hexToBigInt,
  hexToBytes,
  hexToNumber,
  keccak256,
  numberToHex,
  sliceHex,
  stringToHex,
} from 'viem/utils'
import type { Hex } from 'viem'
import type { BallotCode } from '@/wsb/code'
import { fromBase64Url, toBase64Url } from './base64Url'
import { packChoices, unpackChoices, type Choice } from './choices'
import { CodeRefused } from './receiptCode'

/** A ballot that its phone opened: which one, the operator's countersignature, and what opens it. */
export interface PortableOpening extends BallotCode {
  community: string
  signature: Hex
  motions: { choice: Choice; r: Hex }[]
}

const VERSION = 1
const HEAD = 112
const SHAPE = /([a-z0-9-]+)\.([A-Za-z0-9_-]{8,})\s*$/

const packedBytes = (motions: number): number => Math.ceil(motions / 4)
const lengthOf = (motions: number): number => HEAD + packedBytes(motions) + 32 * motions + 4

/** The short form of an opening. */
export function encodeOpening({ community, motions, ...of }: PortableOpening): string {
  const body = concatHex([
    numberToHex(VERSION, { size: 1 }),
    numberToHex(of.meeting, { size: 4 }),
    numberToHex(of.voter, { size: 4 }),
    of.ballotHash,
    numberToHex(of.shownAt, { size: 5 }),
    of.signature,
    numberToHex(motions.length, { size: 1 }),
    numberToHex(packChoices(motions.map(({ choice }) => choice)), { size: packedBytes(motions.length) }),
    ...motions.map(({ r }) => r),
  ])
  return `${community}.${toBase64Url(hexToBytes(concatHex([body, checksum(community, body)])))}`
}

/** Read a short form, alone or at the end of a link. Throws `CodeRefused`. */
export function decodeOpening(text: string): PortableOpening {
  const [, community, code] = SHAPE.exec(text) ?? []
  if (!community || !code) throw new CodeRefused('noCode')
  const all = fromBase64Url(code)
  const bytes = all ? (all.length - 2) / 2 : 0
  if (all && bytes && number(all, 0, 1) > VERSION) throw new CodeRefused('newer')
  if (!all || bytes < lengthOf(1)) throw new CodeRefused('damaged')
  const count = number(all, HEAD - 1, 1)
  const body = sliceHex(all, 0, bytes - 4)
  if (bytes !== lengthOf(count) || sliceHex(all, bytes - 4) !== checksum(community, body))
    throw new CodeRefused('damaged')
  const secretsAt = HEAD + packedBytes(count)
  return {
    community,
    meeting: number(all, 1, 4),
    voter: number(all, 5, 4),
    ballotHash: sliceHex(all, 9, 41),
    shownAt: number(all, 41, 5),
    signature: sliceHex(all, 46, 111),
    motions: choicesOf(sliceHex(all, HEAD, secretsAt), count).map((choice, at) => ({
      choice,
      r: sliceHex(all, secretsAt + 32 * at, secretsAt + 32 * (at + 1)),
    })),
  }
}

function choicesOf(packed: Hex, count: number): Choice[] {
  try {
    return unpackChoices(hexToBigInt(packed), count)
  } catch {
    throw new CodeRefused('damaged')
  }
}

const number = (all: Hex, from: number, size: number): number => hexToNumber(sliceHex(all, from, from + size))

const checksum = (community: string, body: Hex): Hex =>
  sliceHex(keccak256(concatHex([stringToHex(community), body])), 0, 4)
