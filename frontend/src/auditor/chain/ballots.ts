/** Ballots as they lie in a batch, open or encrypted, and what became of them. */
import type { Address, Hex } from 'viem'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { OPEN_SHAPE, type Shape } from './binding'
import { decoded, type Place } from './events'
import type { Log } from './reader'

// Lengths in hexadecimal digits.
const VOTER = 4 * 2
const CHOICES = VOTER + 8 * 2
const SIGNATURE = 65 * 2

export type Pick = 'abstain' | 'for' | 'against' | 'invalid'
const PICKS: readonly Pick[] = ['abstain', 'for', 'against', 'invalid']

/** Why a record was not counted, as the contract says it (docs/protocol.md, docs/secret-ballots.md). */
export type SkipReason =
  | 'notOnRoll'
  | 'alreadyCast'
  | 'invalidChoice'
  | 'overGroupCap'
  | 'notRegistered'
  | 'badSignature'
  | 'malformed'
  | 'unknown'
const REASONS: readonly SkipReason[] = [
  'unknown',
  'notOnRoll',
  'alreadyCast',
  'invalidChoice',
  'overGroupCap',
  'notRegistered',
  'badSignature',
  'malformed',
]

interface Recorded {
  /** From 0 in its batch. */
  position: number
  voter: number
  signature: Hex
  /** `null` for a ballot that counts. */
  skipped: SkipReason | null
}
export type OpenBallot = Recorded & { kind: 'open'; choices: bigint }
/** What is in `body` nobody can read: ciphertexts and proofs. */
export type SecretBallot = Recorded & { kind: 'secret'; body: Hex }
export type Ballot = OpenBallot | SecretBallot

export interface Batch extends Place, Shape {
  meeting: number
  records: Hex
  count: number
  skips: ReadonlyMap<number, SkipReason>
}

/** The batches in some logs (all those of their transactions), each with the records it skipped. */
export function batchesOf(
  logs: readonly Log[],
  shapeAt: (address: Address, meeting: number) => Shape = () => OPEN_SHAPE,
): Batch[] {
  const batches: Batch[] = []
  let skips = new Map<number, SkipReason>()
  let within: Hex | undefined
  for (const log of [...logs].sort((one, other) => one.block - other.block || one.index - other.index)) {
    if (log.transaction !== within) skips = new Map()
    within = log.transaction
    const event = decoded(log, openMeetingAbi)
    if (event?.name === 'BallotSkipped') {
      skips.set(Number(event.args.position), REASONS[Number(event.args.reason)] ?? 'unknown')
    } else if (event?.name === 'BallotsCast') {
      const { records } = event.args as { records: Hex }
      const { address, block, transaction, index } = event
      const meeting = Number(event.args.meeting)
      const shape = shapeAt(address, meeting)
      const count = Math.floor((records.length - 2) / (2 * shape.size))
      batches.push({ address, block, transaction, index, ...shape, meeting, records, count, skips })
      skips = new Map()
    }
  }
  return batches
}

/** Ballots of a batch from one position on, at most `most`. */
export function ballotsOf(
  batch: Only<Batch, keyof Shape | 'records' | 'count' | 'skips'>,
  from = 0,
  most = batch.count,
) {
  const found: Ballot[] = []
  for (let at = from; at < Math.min(batch.count, from + most); at++) found.push(ballotAt(batch, at))
  return found
}

/** Positions of a voter's records in a batch. */
export function positionsOf(batch: Only<Batch, 'size' | 'records' | 'count'>, voter: number): number[] {
  const wanted = voter.toString(16).padStart(VOTER, '0')
  const found: number[] = []
  for (let at = 0; at < batch.count; at++) {
    if (batch.records.startsWith(wanted, 2 + at * 2 * batch.size)) found.push(at)
  }
  return found
}

/** One record, decoded. */
export function ballotAt(
  { records, skips, kind, size }: Only<Batch, keyof Shape | 'records' | 'skips'>,
  position: number,
): Ballot {
  const record = records.slice(2 + position * 2 * size, 2 + (position + 1) * 2 * size)
  const voter = parseInt(record.slice(0, VOTER), 16)
  const own = { position, voter, skipped: skips.get(position) ?? null }
  const behind = VOTER + SIGNATURE
  return kind === 'secret'
    ? { ...own, kind, signature: `0x${record.slice(VOTER, behind)}`, body: `0x${record.slice(behind)}` }
    : {
        ...own,
        kind,
        choices: BigInt(`0x${record.slice(VOTER, CHOICES)}`),
        signature: `0x${record.slice(CHOICES)}`,
      }
}

/** What was chosen on each motion, motion 0 first; and whether bits stand beyond the last one. */
export function picksOf(choices: bigint, motions: number): { picks: Pick[]; stray: boolean } {
  const picks = Array.from({ length: motions }, (_, at) => PICKS[Number((choices >> BigInt(2 * at)) & 3n)]!)
  return { picks, stray: choices >> BigInt(2 * motions) !== 0n }
}

type Only<T, K extends keyof T> = { [P in K]: T[P] }
