/** The roll: areas packed eight to a word, voter 8w in the lowest 32 bits of word w; area 0 is not on the roll. */
import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Hex } from 'viem'
import type { Weight } from './events'

const ONE = 0xffffffffn

/** The areas of a word, lowest first. */
export const areasIn = (word: bigint): bigint[] =>
  Array.from({ length: 8 }, (_, at) => (word >> BigInt(32 * at)) & ONE)

/** Voters who have an area in these words. */
export const votersIn = (firstWord: number, words: readonly bigint[]): number[] =>
  words.flatMap((word, at) =>
    areasIn(word).flatMap((area, lane) => (area === 0n ? [] : [8 * (firstWord + at) + lane])),
  )

export class Roll {
  private readonly words = new Map<number, bigint>()
  digest: Hex = `0x${'0'.repeat(64)}`
  total: Weight = { area: 0n, heads: 0 }

  /** Replace words, and move sums and digest along. */
  publish(firstWord: number, words: readonly bigint[]): void {
    words.forEach((word, at) => {
      const before = areasIn(this.words.get(firstWord + at) ?? 0n)
      areasIn(word).forEach((area, lane) => {
        this.total.area += area - before[lane]!
        this.total.heads += Number(area !== 0n) - Number(before[lane] !== 0n)
      })
      this.words.set(firstWord + at, word)
    })
    this.digest = keccak256(
      encodeAbiParameters(
        [{ type: 'bytes32' }, { type: 'uint32' }, { type: 'uint256[]' }],
        [this.digest, firstWord, words],
      ),
    )
  }

  /** Area of an owner in 0.01 m², zero for one who is not on the roll. */
  areaOf(voter: number): bigint {
    return ((this.words.get(Math.floor(voter / 8)) ?? 0n) >> BigInt(32 * (voter % 8))) & ONE
  }

  /** The largest area of one owner. */
  get largest(): bigint {
    const all = [...this.words.values()].flatMap(areasIn)
    return all.reduce((most, area) => (area > most ? area : most), 0n)
  }

  /** How many words were published. */
  get size(): number {
    return this.words.size
  }
}
