/**
 * A receipt as short as it goes, for a QR code or to be pasted: `community.code`. The code is base64url of
 * version (1 byte), chain id (8), meeting contract (20), meeting (4), voter (4), ballot hash (32), sequence (8),
 * received at (8), signature (65), big endian, and the first four bytes of the keccak256 of all before, with the
 * community's name in front: what was damaged on the way is told apart from what was forged.
 */
import { concatHex, hexToBytes, hexToNumber, keccak256, numberToHex, sliceHex, stringToHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { fromBase64Url, toBase64Url } from './base64Url'
import type { MeetingPlace, Receipt } from './eip712'

/** Everything needed to check a receipt on a phone that knows nothing. */
export interface PortableReceipt extends Receipt, Pick<MeetingPlace, 'chainId' | 'contract'> {
  community: string
  signature: Hex
}

/** Why a text is no receipt: not one at all, damaged or cut off, or of a later version. */
export type CodeFault = 'noCode' | 'damaged' | 'newer'

export class CodeRefused extends Error {
  constructor(readonly fault: CodeFault) {
    super(fault)
  }
}

const VERSION = 1
const LENGTH = 154
const SHAPE = /([a-z0-9-]+)\.([A-Za-z0-9_-]{8,})\s*$/

/** The short form of a receipt. */
export function encodeReceipt(receipt: PortableReceipt): string {
  const body = concatHex([
    numberToHex(VERSION, { size: 1 }),
    numberToHex(receipt.chainId, { size: 8 }),
    receipt.contract,
    numberToHex(receipt.meeting, { size: 4 }),
    numberToHex(receipt.voter, { size: 4 }),
    receipt.ballotHash,
    numberToHex(receipt.sequence, { size: 8 }),
    numberToHex(receipt.receivedAt, { size: 8 }),
    receipt.signature,
  ])
  const code = hexToBytes(concatHex([body, checksum(receipt.community, body)]))
  return `${receipt.community}.${toBase64Url(code)}`
}

/** Read a short form, alone or at the end of a link. Throws `CodeRefused`. */
export function decodeReceipt(text: string): PortableReceipt {
  const [, community, code] = SHAPE.exec(text) ?? []
  if (!community || !code) throw new CodeRefused('noCode')
  const all = fromBase64Url(code)
  if (!all) throw new CodeRefused('damaged')
  if (hexToNumber(sliceHex(all, 0, 1)) > VERSION) throw new CodeRefused('newer')
  const body = sliceHex(all, 0, Math.min(LENGTH - 4, (all.length - 2) / 2))
  if (all.length !== 2 + 2 * LENGTH || sliceHex(all, LENGTH - 4) !== checksum(community, body)) {
    throw new CodeRefused('damaged')
  }
  const number = (from: number, size: number) => hexToNumber(sliceHex(body, from, from + size))
  return {
    community,
    chainId: number(1, 8),
    contract: sliceHex(body, 9, 29) as Address,
    meeting: number(29, 4),
    voter: number(33, 4),
    ballotHash: sliceHex(body, 37, 69),
    sequence: number(69, 8),
    receivedAt: number(77, 8),
    signature: sliceHex(body, 85, 150),
  }
}

/** The start of a ballot's hash, in groups that can be compared by eye. */
export const fingerprintOf = (ballotHash: Hex): string =>
  ballotHash
    .slice(2, 18)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1 ')

const checksum = (community: string, body: Hex): Hex =>
  sliceHex(keccak256(concatHex([stringToHex(community), body])), 0, 4)
