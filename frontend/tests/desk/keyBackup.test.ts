import { describe, expect, it } from 'vitest'
import type { Hex } from 'viem'
import { hexToBytes } from 'viem/utils'
import golden from '../../../tests/vectors/eip712.json'
import { BackupRefused, readBackup, writeBackup } from '@/chain/keyBackup'

const secret = new Uint8Array(hexToBytes(golden.secret as Hex))
const WORDS = 'four words kept apart'
const FEW = 1_000

describe('a backup of an official key', () => {
  it('is opened by its passphrase and shows the address only', async () => {
    const file = await writeBackup(secret, WORDS, FEW)
    expect(file).toContain(golden.address)
    expect(file.toLowerCase()).not.toContain(golden.secret.slice(2))
    expect(await readBackup(file, WORDS)).toEqual(secret)
  })

  it('is not opened by another passphrase, nor made under a short one', async () => {
    const file = await writeBackup(secret, WORDS, FEW)
    await expect(readBackup(file, 'four words kept here')).rejects.toEqual(
      new BackupRefused('wrongPassphrase'),
    )
    await expect(writeBackup(secret, 'short', FEW)).rejects.toBeInstanceOf(RangeError)
  })

  it.each(['', '{}', '[]', 'null', '{"format":"wanjia-key-1"}'])('is not %s', async (text) => {
    await expect(readBackup(text, WORDS)).rejects.toMatchObject({ reason: 'notBackup' })
  })

  it('is not a file whose address was changed', async () => {
    const file = (await writeBackup(secret, WORDS, FEW)).replace(golden.address, golden.registry)
    await expect(readBackup(file, WORDS)).rejects.toMatchObject({ reason: 'notBackup' })
  })
})
