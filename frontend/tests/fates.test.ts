import { describe, expect, it } from 'vitest'
import { BallotFates, FateDecided } from '@/chain/fates'
import { memoryShelves } from '@/store/memory'

const [ONE, OTHER] = [`0x${'aB'.repeat(32)}`, `0x${'cd'.repeat(32)}`] as const

describe('the fate of a secret ballot', () => {
  it('is decided once: what was opened is never cast, what was cast is never opened', async () => {
    const shelves = memoryShelves()
    await new BallotFates(shelves).decide(ONE, 'opened')
    await new BallotFates(shelves).decide(OTHER, 'cast')
    const later = new BallotFates(shelves)
    await expect(later.decide(ONE.toLowerCase() as typeof ONE, 'cast')).rejects.toThrow(FateDecided)
    await expect(later.decide(OTHER, 'opened')).rejects.toMatchObject({ fate: 'cast' })
    await expect(later.decide(ONE, 'opened')).resolves.toBeUndefined()
  })

  it('goes to the first of two that decide at once', async () => {
    const fates = new BallotFates(memoryShelves())
    const both = await Promise.allSettled([fates.decide(ONE, 'cast'), fates.decide(ONE, 'opened')])
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })

  it('is open again where nothing was signed, but never after an opening', async () => {
    const fates = new BallotFates(memoryShelves())
    await fates.decide(ONE, 'cast')
    await fates.undoCast(ONE)
    await fates.decide(ONE, 'opened')
    await fates.undoCast(ONE)
    await expect(fates.decide(ONE, 'cast')).rejects.toThrow(FateDecided)
  })
})
