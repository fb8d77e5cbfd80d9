import { describe, expect, it } from 'vitest'
import type { Address, Hex } from 'viem'
import { keccak256, stringToHex } from 'viem/utils'
import golden from '../../../tests/vectors/wsb-ceremony.json'
import { pointOf as read, type BoardView, type RunPlace } from '@/trustee/chain/board'
import {
  BadDealing,
  accountOf,
  accountSecretOf,
  dealingOf,
  encryptionSecretOf,
  newSeed,
  polynomialsOf,
  shareSecretsOf,
  type Seed,
} from '@/trustee/chain/derive'
import { coefficientsOf, commitmentOf, shareKey } from '@/wsb/ceremony'
import { G, Q, multiply } from '@/wsb/group'
import { words } from '@/wsb/hashing'
import { trusteeSetHash } from '@/wsb/context'

const place: RunPlace = {
  chainId: golden.chain_id,
  board: golden.board as Address,
  meeting: golden.meeting,
  run: 1,
  threshold: 2,
  accounts: golden.accounts.slice(0, 3) as Address[],
}
const seeds: Seed[] = [1, 2, 3].map((fill) => new Uint8Array(32).fill(fill))
const hex = (point: ReturnType<typeof multiply>): Hex => `0x${words(point)}`

/** A board on which every trustee did what its seed makes, but for `change`. */
function board(at: RunPlace = place, change: (board: BoardView) => void = () => {}): BoardView {
  const keys = seeds.map((seed) => multiply(G, encryptionSecretOf(seed, at)))
  const made: BoardView = {
    chain_id: at.chainId,
    board: at.board,
    meeting: at.meeting,
    proposal: null,
    context: null,
    restarts: [],
    seats: [],
    seal_hash: null,
    stage: null,
    run: {
      run: at.run,
      step: 'approve',
      threshold: at.threshold,
      accounts: at.accounts,
      trustee_set_hash: trusteeSetHash(at),
      transcript: '0x',
      entries: [],
      keys: null,
      trustees: seeds.map((seed, index) => {
        const coefficients = coefficientsOf(polynomialsOf(seed, at))
        return {
          trustee: index + 1,
          account: at.accounts[index]!,
          commitment: commitmentOf(at, index + 1, coefficients),
          encryption_key: hex(keys[index]!),
          coefficients: coefficients.map(hex),
          shares: dealingOf(seed, at, index + 1, keys),
          approved: false,
        }
      }),
    },
  }
  change(made)
  return made
}

describe('the secrets that come of a seed', () => {
  it('are the tagged hashes that the document names, to the digit', () => {
    // written out by hand from docs/secret-ballots.md, "A trustee's browser"
    const word = (value: number | Hex) => BigInt(value).toString(16).padStart(64, '0')
    const H = (tag: string, content: string): bigint => {
      const h = keccak256(`0x${keccak256(stringToHex(`WSB-1 ${tag}`)).slice(2)}${content}`)
      const half = (which: number) => keccak256(`0x${h.slice(2)}${word(which)}`)
      return BigInt(`${half(0)}${half(1).slice(2)}`) % Q
    }
    const seed = '01'.repeat(32)
    const where = word(place.chainId) + word(place.board) + word(place.meeting)
    const set = trusteeSetHash(place).slice(2)
    expect(BigInt(`0x${Buffer.from(accountSecretOf(seeds[0]!, place)).toString('hex')}`)).toBe(
      H('account', where + seed),
    )
    expect(encryptionSecretOf(seeds[0]!, place)).toBe(H('encryption', where + word(1) + set + seed))
    expect(polynomialsOf(seeds[0]!, place)[1][1]).toBe(
      H('polynomial', where + word(1) + set + word(1) + word(1) + seed),
    )
  })

  it('are the same again for the same seed, and others for anything else', async () => {
    const all = (at: RunPlace, seed = seeds[0]!) => [
      encryptionSecretOf(seed, at),
      ...polynomialsOf(seed, at).flat(),
    ]
    expect(all(place)).toEqual(all(place))
    const others: RunPlace[] = [
      { ...place, run: 2 },
      { ...place, meeting: place.meeting + 1 },
      { ...place, chainId: place.chainId + 1 },
      { ...place, board: place.accounts[0]! },
      { ...place, threshold: 3 },
      { ...place, accounts: [...place.accounts].reverse() },
    ]
    const values = [...others.map((at) => all(at)), all(place), all(place, seeds[1]!)].flat()
    expect(new Set(values).size).toBe(values.length)
    expect(await accountOf(seeds[0]!, place)).not.toBe(await accountOf(seeds[1]!, place))
    expect(await accountOf(seeds[0]!, place)).not.toBe(
      await accountOf(seeds[0]!, { ...place, meeting: place.meeting + 1 }),
    )
    expect(newSeed()).not.toEqual(newSeed())
  })

  it('deal the same again, and under another randomness where one key is another', () => {
    const keys = seeds.map((seed) => multiply(G, encryptionSecretOf(seed, place)))
    const first = dealingOf(seeds[0]!, place, 1, keys)
    expect(dealingOf(seeds[0]!, place, 1, keys)).toBe(first)
    const twisted = dealingOf(seeds[0]!, place, 1, [keys[0]!, multiply(G, 7n), keys[2]!])
    expect(twisted.slice(2, 130)).not.toBe(first.slice(2, 130))
    expect(twisted.slice(258)).toBe(first.slice(258))
  })
})

describe('what a trustee was dealt', () => {
  it('adds up to the secrets of its share keys', () => {
    const made = board()
    const reveals = made.run!.trustees.map(({ coefficients }) => coefficients!.map((point) => read(point)!))
    seeds.forEach((seed, index) => {
      const [inFavour, against] = shareSecretsOf(seed, made, index + 1)
      expect(multiply(G, inFavour).equals(shareKey(reveals, 0, index + 1))).toBe(true)
      expect(multiply(G, against).equals(shareKey(reveals, 1, index + 1))).toBe(true)
    })
  })

  const blame = (change: (board: BoardView) => void, trustee = 1): number | undefined => {
    try {
      shareSecretsOf(seeds[trustee - 1]!, board(place, change), trustee)
    } catch (cause) {
      if (cause instanceof BadDealing) return cause.dealer
      throw cause
    }
    return undefined
  }

  it('names the dealer whose share is another than its coefficients promise', () => {
    const spoilt = (shares: Hex): Hex => `0x${shares.slice(2, 258)}${'11'.repeat(64)}${shares.slice(386)}`
    expect(
      blame(({ run }) => {
        // trustee 3 is the second receiver in the dealing of trustee 2
        run!.trustees[1]!.shares = spoilt(run!.trustees[1]!.shares!)
      }, 3),
    ).toBe(2)
    expect(
      blame(({ run }) => {
        run!.trustees[1]!.shares = spoilt(run!.trustees[1]!.shares!)
      }, 1),
    ).toBeUndefined()
  })

  it('names the dealer of a dealing that is missing, cut short or of no points', () => {
    expect(blame(({ run }) => (run!.trustees[2]!.shares = null))).toBe(3)
    expect(blame(({ run }) => (run!.trustees[2]!.shares = '0x1234'))).toBe(3)
    expect(blame(({ run }) => (run!.trustees[2]!.shares = `0x${'00'.repeat(256)}`))).toBe(3)
    expect(blame(({ run }) => run!.trustees[1]!.coefficients!.pop())).toBe(2)
    expect(blame(({ run }) => (run!.trustees[1]!.coefficients![0] = `0x${'ff'.repeat(64)}`))).toBe(2)
  })

  it('names the trustee itself when the coefficients under its name are not its own', () => {
    expect(blame(({ run }) => (run!.trustees[0]!.coefficients = run!.trustees[1]!.coefficients))).toBe(1)
  })

  it('refuses what was dealt in another run: nothing of an old run is taken for a new one', () => {
    expect(blame(({ run }) => (run!.run = 2))).toBe(1)
    const old = board()
    expect(
      blame(({ run }) => {
        run!.trustees[1]!.shares = board({ ...place, run: 2 }).run!.trustees[1]!.shares
      }),
    ).toBe(2)
    expect(old.run!.trustees).toHaveLength(3)
  })
})
