/** What publishing a roll puts on the chain, added up from the very bytes that are signed (docs/protocol.md, Roll). */
import { decodeFunctionData, encodeAbiParameters, keccak256, parseAbi } from 'viem/utils'
import type { Hex } from 'viem'
import type { Call } from '@/desk/api/types'

const ABI = parseAbi(['function publishRoll(uint256 meeting, uint32 firstWord, uint256[] words)'])
const LANES = 8
const LANE_BITS = 32n
const LANE = (1n << LANE_BITS) - 1n
const PART = [{ type: 'bytes32' }, { type: 'uint32' }, { type: 'uint256[]' }] as const

export interface WordSums {
  words: number
  heads: number
  /** 0.01 m² */
  area: number
  digest: Hex
}

/** Owners, area, words and the contract's digest after these calls, `before` being its digest now. */
export function sumsOfWords(calls: readonly Call[], before: Hex | null): WordSums {
  const sums: WordSums = { words: 0, heads: 0, area: 0, digest: before ?? `0x${'00'.repeat(32)}` }
  for (const { data } of calls) {
    const [, firstWord, words] = decodeFunctionData({ abi: ABI, data }).args
    sums.digest = keccak256(encodeAbiParameters(PART, [sums.digest, firstWord, words]))
    sums.words += words.length
    for (const word of words) {
      for (let lane = 0; lane < LANES; lane += 1) {
        const area = Number((word >> (LANE_BITS * BigInt(lane))) & LANE)
        sums.area += area
        sums.heads += area > 0 ? 1 : 0
      }
    }
  }
  return sums
}
