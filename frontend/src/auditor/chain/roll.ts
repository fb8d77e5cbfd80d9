/** The published roll: words of eight areas, replayed as the contract did. Areas in 0.01 m². */
import { encodeAbiParameters, keccak256 } from 'viem/utils'
import type { Hex } from 'viem'
import type { openMeetingAbi } from '@/chain/abi/openMeeting'
import type { ArgsOf } from './events'

const LANES = 8
const LANE = 32n
const MASK = (1n << LANE) - 1n
const EMPTY: Hex = `0x${'00'.repeat(32)}`

export type Publication = Pick<ArgsOf<typeof openMeetingAbi, 'RollPublished'>, 'firstWord' | 'words'>

export interface RollLine {
  voter: number
  area: number
}

export interface Roll {
  lines: RollLine[]
  area: bigint
  heads: number
  digest: Hex
}

/** The roll that some publications, in order, leave behind. */
export function rollOf(publications: readonly Publication[]): Roll {
  const words = new Map<number, bigint>()
  let digest = EMPTY
  for (const { firstWord, words: published } of publications) {
    published.forEach((word, at) => words.set(firstWord + at, word))
    digest = keccak256(
      encodeAbiParameters(
        [{ type: 'bytes32' }, { type: 'uint256' }, { type: 'uint256[]' }],
        [digest, BigInt(firstWord), published],
      ),
    )
  }
  const lines = [...words.entries()].sort(([one], [other]) => one - other).flatMap(linesOf)
  return { lines, area: lines.reduce((sum, { area }) => sum + BigInt(area), 0n), heads: lines.length, digest }
}

/** The areas in one word; a voter with area 0 is not on the roll. */
function linesOf([at, word]: [number, bigint]): RollLine[] {
  return Array.from({ length: LANES }, (_, lane) => ({
    voter: at * LANES + lane,
    area: Number((word >> (BigInt(lane) * LANE)) & MASK),
  })).filter(({ area }) => area > 0)
}
