import { beforeEach, describe, expect, it } from 'vitest'
import { KeyMissing, KeyStore, PinRefused } from '@/chain/keyStore'
import { signedBy } from '@/chain/signing'
import { memoryShelves } from '@/store/memory'
import type { Shelves } from '@/store/shelf'

const DIGEST = `0x${'ab'.repeat(32)}` as const
const PIN = '480213'
const ITERATIONS = 1_000

describe('the owner key on the phone', () => {
  let shelves: Shelves
  let now: number
  let keys: KeyStore

  beforeEach(() => {
    shelves = memoryShelves()
    now = 1_000_000
    keys = new KeyStore(shelves, () => now, ITERATIONS)
  })

  const refusal = async (pin: string): Promise<PinRefused> => {
    const error = await keys.sign('yard', 7, pin, DIGEST).catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(PinRefused)
    return error as PinRefused
  }

  it('signs with the PIN, as the address it told', async () => {
    const { address } = await keys.create('yard', 7, PIN)
    const signature = await keys.sign('yard', 7, PIN, DIGEST)
    expect(await signedBy(address, DIGEST, signature)).toBe(true)
    expect(await keys.find('yard', 7)).toEqual({ community: 'yard', voter: 7, address })
  })

  it('is read by another visit to the same phone', async () => {
    const { address } = await keys.create('yard', 7, PIN)
    const later = new KeyStore(shelves, () => now, ITERATIONS)
    expect(await later.inCommunity('yard')).toEqual([{ community: 'yard', voter: 7, address }])
    expect(await later.inCommunity('other')).toEqual([])
    expect(await signedBy(address, DIGEST, await later.sign('yard', 7, PIN, DIGEST))).toBe(true)
  })

  it('lies in the store neither in the clear nor in a form WebCrypto would hand out', async () => {
    await keys.create('yard', 7, PIN)
    const [record] = await shelves.shelf<{ sealed: { deviceKey: CryptoKey; box: ArrayBuffer } }>('keys').all()
    expect(record!.sealed.deviceKey.extractable).toBe(false)
    expect(record!.sealed.box.byteLength).toBe(32 + 16 + 16)
    await expect(crypto.subtle.exportKey('raw', record!.sealed.deviceKey)).rejects.toThrow()
  })

  it('refuses a wrong PIN and says how many tries are left', async () => {
    await keys.create('yard', 7, PIN)
    expect(await refusal('000000')).toMatchObject({ reason: 'wrong', left: 4 })
    expect(await refusal('000001')).toMatchObject({ reason: 'wrong', left: 3 })
    await keys.sign('yard', 7, PIN, DIGEST)
    expect(await refusal('000002')).toMatchObject({ reason: 'wrong', left: 4 })
  })

  it('pauses after five wrong PINs, twice as long after the sixth, and refuses the right one meanwhile', async () => {
    await keys.create('yard', 7, PIN)
    for (const digit of '1234') await refusal(digit.repeat(6))
    expect(await refusal('555555')).toMatchObject({ reason: 'paused', until: now + 60_000 })
    expect(await refusal(PIN)).toMatchObject({ reason: 'paused' })
    now += 60_000
    expect(await refusal('666666')).toMatchObject({ reason: 'paused', until: now + 120_000 })
    now += 120_000
    await keys.sign('yard', 7, PIN, DIGEST)
  })

  it('takes six digits for a PIN and nothing else', async () => {
    for (const pin of ['', '12345', '1234567', '12345a', '１２３４５６']) {
      await expect(keys.create('yard', 7, pin)).rejects.toThrow(RangeError)
    }
  })

  it('signs nothing for an owner without a key here', async () => {
    await expect(keys.sign('yard', 8, PIN, DIGEST)).rejects.toThrow(KeyMissing)
  })
})
