/** Ballots as they lie in a batch: 77 bytes each, two bits a motion (docs/protocol.md). */
import type { Hex } from 'viem'
import type { Motion } from './events'

export const RECORD = 77
export const ABSTAIN = 0
export const FOR = 1
export const AGAINST = 2

export interface Ballot {
  voter: number
  choices: bigint
  r: Hex
  s: Hex
  v: number
}

/** The digits of each record of a batch; none of a torn one, which no contract would take. */
export function recordsIn(records: Hex, size: number): string[] {
  const count = isWhole(records, size) ? (records.length - 2) / (2 * size) : 0
  return Array.from({ length: count }, (_, at) => records.slice(2 + 2 * size * at, 2 + 2 * size * (at + 1)))
}

/** The open ballots of a batch. */
export function ballotsIn(records: Hex): Ballot[] {
  return recordsIn(records, RECORD).map((one) => {
    const part = (from: number, to: number): Hex => `0x${one.slice(2 * from, 2 * to)}`
    return {
      voter: Number(part(0, 4)),
      choices: BigInt(part(4, 12)),
      r: part(12, 44),
      s: part(44, 76),
      v: Number(part(76, 77)),
    }
  })
}

/** Tell whether a batch is one or more whole records. */
export const isWhole = (records: Hex, size = RECORD): boolean =>
  records.length > 2 && (records.length - 2) % (2 * size) === 0

/** The choice on motion `at`: 0 abstain, 1 for, 2 against, 3 invalid. */
export const choiceOn = (choices: bigint, at: number): number => Number((choices >> BigInt(2 * at)) & 3n)

/** Every choice is one of the three, and nothing stands beyond the last motion. */
export function isReadable(choices: bigint, motions: number): boolean {
  if (choices >> BigInt(2 * motions)) return false
  for (let at = 0; at < motions; at++) if (choiceOn(choices, at) === 3) return false
  return true
}

/** More "for" in a group than its cap allows. */
export function isOverCap(choices: bigint, motions: readonly Motion[]): boolean {
  const supported = new Map<number, number>()
  return motions.some(({ group, cap }, at) => {
    if (group === 0 || !(choiceOn(choices, at) & FOR)) return false
    const count = (supported.get(group) ?? 0) + 1
    supported.set(group, count)
    return count > cap
  })
}
