import { describe, expect, it } from 'vitest'
import type { Address } from 'viem'
import { memoryShelves } from '@/store/memory'
import { accountOf, newSeed } from '@/trustee/chain/derive'
import { FileRefused, fileName, readFile, writeFile, type TrusteeSeat } from '@/trustee/vault/exportFile'
import { PassphraseWrong, SeatHeld, Vault } from '@/trustee/vault/vault'

const PLACE = { chainId: 31337, board: '0x5FbDB2315678afecb367f032d93F642f64180aa3' as Address, meeting: 4 }
const WORDS = '桂花树下 三月初三 rain'
const FEW = 1_000

async function seated(place = PLACE) {
  const seed = newSeed()
  const account = await accountOf(seed, place)
  const seat: TrusteeSeat = { community: 'yard', seat: 2, label: '监事', account, place }
  return { seed, seat }
}

describe('a seed in the browser', () => {
  it('opens with its passphrase only', async () => {
    const { seed, seat } = await seated()
    const vault = new Vault(memoryShelves(), FEW)
    expect((await vault.keep(seat, seed, WORDS, false)).exported).toBe(false)
    expect(await vault.unlock(seat, WORDS)).toEqual(seed)
    await expect(vault.unlock(seat, `${WORDS} `)).rejects.toThrow(PassphraseWrong)
    await expect(vault.keep(seat, seed, 'too short', false)).rejects.toThrow(RangeError)
  })

  it('lies there sealed: nothing that is stored or told holds it', async () => {
    const { seed, seat } = await seated()
    const shelves = memoryShelves()
    const vault = new Vault(shelves, FEW)
    await vault.keep(seat, seed, WORDS, false)
    const everything = JSON.stringify(await shelves.shelf('trustees').all(), (_, value: unknown) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? Buffer.from(value as Uint8Array).toString('hex')
        : value,
    )
    expect(everything).not.toContain(Buffer.from(seed).toString('hex'))
    expect(everything).not.toContain('桂花')
    expect(Object.keys((await vault.find('yard', 4))!)).not.toContain('sealed')
  })

  it('is not put in the place of another seed of the same meeting', async () => {
    const [one, other] = [await seated(), await seated()]
    const vault = new Vault(memoryShelves(), FEW)
    await vault.keep(one.seat, one.seed, WORDS, true)
    await expect(vault.keep(other.seat, other.seed, WORDS, true)).rejects.toThrow(SeatHeld)
    expect(await vault.unlock(one.seat, WORDS)).toEqual(one.seed)
    const elsewhere = await seated({ ...PLACE, meeting: 5 })
    await vault.keep(elsewhere.seat, elsewhere.seed, WORDS, true)
    expect((await vault.find('yard', 5))?.account).toBe(elsewhere.seat.account)
  })

  it('is brought back over itself without forgetting what it dealt to', async () => {
    const { seed, seat } = await seated()
    const vault = new Vault(memoryShelves(), FEW)
    await vault.keep(seat, seed, WORDS, true)
    expect(await vault.dealTo(seat, '0x01', '0xaa')).toBe(true)
    await vault.keep(seat, seed, WORDS, true)
    expect(await vault.dealTo(seat, '0x01', '0xaa')).toBe(true)
    expect(await vault.dealTo(seat, '0x01', '0xbb')).toBe(false)
    expect(await vault.dealTo(seat, '0x02', '0xbb')).toBe(true)
  })
})

describe('the file to keep', () => {
  it('gives the seed back on a device that holds nothing', async () => {
    const { seed, seat } = await seated()
    const text = await writeFile(seat, seed, WORDS, FEW)
    expect(text).not.toContain(Buffer.from(seed).toString('hex'))
    expect(await readFile(text, WORDS, { community: 'yard', place: PLACE })).toEqual({ seed, seat })
    expect(fileName(seat)).toBe('wanjia-trustee-4-2.json')
  })

  const fault = async (
    change: (text: string) => string,
    words = WORDS,
    wanted = { community: 'yard', place: PLACE },
  ) => {
    const { seed, seat } = await seated()
    const text = change(await writeFile(seat, seed, WORDS, FEW))
    const refused: unknown = await readFile(text, words, wanted).catch((cause: unknown) => cause)
    expect(refused).toBeInstanceOf(FileRefused)
    return (refused as FileRefused).fault
  }
  const whole = (text: string) => text

  it('tells a wrong passphrase from a damaged file', async () => {
    expect(await fault(whole, 'another passphrase')).toBe('wrongPassphrase')
    expect(
      await fault((text) => text.replace(/("box": "0x....)../, '$1ab').replace('"seat": 2', '"seat": 3')),
    ).toBe('damaged')
    expect(await fault((text) => text.slice(0, -20))).toBe('damaged')
  })

  it('tells what is no such file, or one of a later version', async () => {
    expect(await fault(() => 'my shopping list')).toBe('noFile')
    expect(await fault(() => '{"format": "wanjia-key-1"}')).toBe('noFile')
    expect(await fault(() => 'null')).toBe('noFile')
    expect(await fault((text) => text.replace('wanjia-trustee-1', 'wanjia-trustee-2'))).toBe('newer')
  })

  it('tells a file of another meeting or community', async () => {
    expect(await fault(whole, WORDS, { community: 'yard', place: { ...PLACE, meeting: 5 } })).toBe(
      'otherMeeting',
    )
    expect(await fault(whole, WORDS, { community: 'garden', place: PLACE })).toBe('otherMeeting')
  })
})
