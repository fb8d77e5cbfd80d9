/**
 * A private key as a file to keep elsewhere: sealed under a passphrase (PBKDF2 with SHA-256, AES-GCM), readable by
 * any program that knows the two. The address is in the clear, so that a file can be told from another.
 */
import type { Address, Hex } from 'viem'
import { bytesToHex, hexToBytes, isAddress, isAddressEqual, isHex } from 'viem/utils'
import { PIN_ITERATIONS } from './sealing'
import { addressOf } from './signing'

interface BackupFile {
  format: 'wanjia-key-1'
  address: Address
  iterations: number
  salt: Hex
  nonce: Hex
  box: Hex
}

/** The file is not a backup, or the passphrase is another one. */
export class BackupRefused extends Error {
  constructor(readonly reason: 'notBackup' | 'wrongPassphrase') {
    super(reason)
  }
}

export const SHORTEST_PASSPHRASE = 12
const MOST_ITERATIONS = 10_000_000

/** Write a key as the text of a backup file. Throws `RangeError` for a short passphrase. */
export async function writeBackup(
  secret: Uint8Array<ArrayBuffer>,
  passphrase: string,
  iterations = PIN_ITERATIONS,
): Promise<string> {
  if (passphrase.length < SHORTEST_PASSPHRASE) throw new RangeError('the passphrase is too short')
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const key = await keyOf(passphrase, salt, iterations)
  const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, secret)
  const file: BackupFile = {
    format: 'wanjia-key-1',
    address: await addressOf(secret),
    iterations,
    salt: bytesToHex(salt),
    nonce: bytesToHex(nonce),
    box: bytesToHex(new Uint8Array(box)),
  }
  return JSON.stringify(file, undefined, 2)
}

/** Read a backup file. Throws `BackupRefused`. */
export async function readBackup(text: string, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = parsed(text)
  const key = await keyOf(passphrase, bytes(file.salt), file.iterations)
  const secret = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv: bytes(file.nonce) }, key, bytes(file.box))
    .catch(() => {
      throw new BackupRefused('wrongPassphrase')
    })
  const key32 = new Uint8Array(secret)
  if (key32.length !== 32 || !isAddressEqual(await addressOf(key32), file.address))
    throw new BackupRefused('notBackup')
  return key32
}

function parsed(text: string): BackupFile {
  try {
    const file = JSON.parse(text) as BackupFile
    const fits =
      file.format === 'wanjia-key-1' &&
      isAddress(file.address) &&
      Number.isInteger(file.iterations) &&
      file.iterations > 0 &&
      file.iterations <= MOST_ITERATIONS &&
      [file.salt, file.nonce, file.box].every((value) => isHex(value))
    if (fits) return file
  } catch {
    // not JSON: falls through to the same refusal
  }
  throw new BackupRefused('notBackup')
}

const bytes = (value: Hex): Uint8Array<ArrayBuffer> => new Uint8Array(hexToBytes(value))

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number) {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(passphrase), 'PBKDF2', false, [
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
