/** Texts whose hash goes to the chain: an official's reason, an objection, its answer. */
import type { Hex } from 'viem'
import { keccak256, stringToBytes } from 'viem/utils'

/** 32 random hex digits; they keep a short text from being guessed once its document is taken down. */
export const newSalt = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  )

/** Hash of a text in NFC, an empty line, and its salt. */
export const statementHash = (text: string, salt: string): Hex =>
  keccak256(stringToBytes(`${text.normalize('NFC')}\n\n${salt}`))
