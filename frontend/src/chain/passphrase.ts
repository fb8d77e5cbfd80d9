/** Bytes sealed under words that a person keeps: PBKDF2 with SHA-256, AES-256-GCM; plain values, fit for a file. */
import type { Hex } from 'viem'
import { bytesToHex, hexToBytes, isHex } from 'viem/utils'

/** OWASP's floor for PBKDF2 with SHA-256 (2023); about a second on a slow phone. */
export const ITERATIONS = 600_000
const MOST_ITERATIONS = 10_000_000

/** What is sealed, and all that opens it but the words. */
export interface Box {
  iterations: number
  salt: Hex
  nonce: Hex
  box: Hex
}

/** The key that comes of a PIN or passphrase. */
export async function keyFrom(
  words: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(words), 'PBKDF2', false, [
    'deriveKey',
  ])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    typed,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/** Seal bytes under a passphrase. */
export async function box(
  secret: Uint8Array<ArrayBuffer>,
  passphrase: string,
  iterations = ITERATIONS,
): Promise<Box> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const key = await keyFrom(passphrase, salt, iterations)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, secret)
  return {
    iterations,
    salt: bytesToHex(salt),
    nonce: bytesToHex(nonce),
    box: bytesToHex(new Uint8Array(sealed)),
  }
}

/** Open a box; nothing comes of another passphrase. */
export async function unbox(sealed: Box, passphrase: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const key = await keyFrom(passphrase, bytes(sealed.salt), sealed.iterations)
  const iv = bytes(sealed.nonce)
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes(sealed.box)))
  } catch {
    return undefined
  }
}

/** Tell whether something read from a file has the form of a box. */
export function isBox(given: Partial<Box>): given is Box {
  const { iterations, salt, nonce, box: sealed } = given
  return (
    typeof iterations === 'number' &&
    Number.isInteger(iterations) &&
    iterations > 0 &&
    iterations <= MOST_ITERATIONS &&
    [salt, nonce, sealed].every((value) => isHex(value) && value.length % 2 === 0)
  )
}

const bytes = (value: Hex): Uint8Array<ArrayBuffer> => new Uint8Array(hexToBytes(value))
