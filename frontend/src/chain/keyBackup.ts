/**
 * A private key as a file to keep elsewhere: sealed under a passphrase (PBKDF2 with SHA-256, AES-GCM), readable by
 * any program that knows the two. The address is in the clear, so that a file can be told from another.
 */
import type { Address } from 'viem'
import { isAddress, isAddressEqual } from 'viem/utils'
import { box, isBox, ITERATIONS, unbox, type Box } from './passphrase'
import { addressOf } from './signing'

interface BackupFile extends Box {
  format: 'wanjia-key-1'
  address: Address
}

/** The file is not a backup, or the passphrase is another one. */
export class BackupRefused extends Error {
  constructor(readonly reason: 'notBackup' | 'wrongPassphrase') {
    super(reason)
  }
}

export const SHORTEST_PASSPHRASE = 12

/** Write a key as the text of a backup file. Throws `RangeError` for a short passphrase. */
export async function writeBackup(
  secret: Uint8Array<ArrayBuffer>,
  passphrase: string,
  iterations = ITERATIONS,
): Promise<string> {
  if (passphrase.length < SHORTEST_PASSPHRASE) throw new RangeError('the passphrase is too short')
  const address = await addressOf(secret)
  const file: BackupFile = { format: 'wanjia-key-1', address, ...(await box(secret, passphrase, iterations)) }
  return JSON.stringify(file, undefined, 2)
}

/** Read a backup file. Throws `BackupRefused`. */
export async function readBackup(text: string, passphrase: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = parsed(text)
  const key32 = await unbox(file, passphrase)
  if (!key32) throw new BackupRefused('wrongPassphrase')
  if (key32.length !== 32 || !isAddressEqual(await addressOf(key32), file.address))
    throw new BackupRefused('notBackup')
  return key32
}

function parsed(text: string): BackupFile {
  try {
    const file = JSON.parse(text) as BackupFile
    const fits = file.format === 'wanjia-key-1' && isAddress(file.address) && isBox(file)
    if (fits) return file
  } catch {
    // not JSON: falls through to the same refusal
  }
  throw new BackupRefused('notBackup')
}
