/** Ballots as they lie in a batch: 77 bytes each, and what became of them. */
import {
  concat,
  encodeAbiParameters,
  hexToBytes,
  keccak256,
  recoverAddress,
  stringToBytes,
  toHex,
} from 'viem/utils'
import type { Address, Hex } from 'viem'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { decoded, type Place } from './events'
import type { Log } from './reader'

const WORD = 32
const RECORD = 77 * 2
const VOTER = 4 * 2
const CHOICES = VOTER + 8 * 2
const BALLOT_TYPE = keccak256(
  stringToBytes('OpenBallot(uint256 meeting,bytes32 conveneHash,uint32 voter,uint64 choices)'),
)
const DOMAIN_TYPE = keccak256(
  stringToBytes('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
)

export type Pick = 'abstain' | 'for' | 'against' | 'invalid'
const PICKS: readonly Pick[] = ['abstain', 'for', 'against', 'invalid']

/** Why a record was not counted, as the contract says it (docs/protocol.md). */
export type SkipReason =
  | 'notOnRoll'
  | 'alreadyCast'
  | 'invalidChoice'
  | 'overGroupCap'
  | 'notRegistered'
  | 'badSignature'
  | 'unknown'
const REASONS: readonly SkipReason[] = [
  'unknown',
  'notOnRoll',
  'alreadyCast',
  'invalidChoice',
  'overGroupCap',
  'notRegistered',
  'badSignature',
]

export interface Ballot {
  /** From 0 in its batch. */
  position: number
  voter: number
  choices: bigint
  signature: Hex
  /** `null` for a ballot that counts. */
  skipped: SkipReason | null
}

export interface Batch extends Place {
  meeting: number
  records: Hex
  count: number
  skips: ReadonlyMap<number, SkipReason>
}

/** The batches in some logs (all those of their transactions), each with the records it skipped. */
export function batchesOf(logs: readonly Log[]): Batch[] {
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
      const { meeting, records } = event.args as { meeting: bigint; records: Hex }
      const { address, block, transaction, index } = event
      const count = Math.floor((records.length - 2) / RECORD)
      batches.push({ address, block, transaction, index, meeting: Number(meeting), records, count, skips })
      skips = new Map()
    }
  }
  return batches
}

/** Ballots of a batch from one position on, at most `most`. */
export function ballotsOf(batch: Only<Batch, 'records' | 'count' | 'skips'>, from = 0, most = batch.count) {
  const found: Ballot[] = []
  for (let at = from; at < Math.min(batch.count, from + most); at++) found.push(ballotAt(batch, at))
  return found
}

/** Positions of a voter's records in a batch. */
export function positionsOf(batch: Only<Batch, 'records' | 'count'>, voter: number): number[] {
  const wanted = voter.toString(16).padStart(VOTER, '0')
  const found: number[] = []
  for (let at = 0; at < batch.count; at++) {
    if (batch.records.startsWith(wanted, 2 + at * RECORD)) found.push(at)
  }
  return found
}

/** One record, decoded. */
export function ballotAt(batch: Only<Batch, 'records' | 'skips'>, position: number): Ballot {
  const record = batch.records.slice(2 + position * RECORD, 2 + (position + 1) * RECORD)
  return {
    position,
    voter: parseInt(record.slice(0, VOTER), 16),
    choices: BigInt(`0x${record.slice(VOTER, CHOICES)}`),
    signature: `0x${record.slice(CHOICES)}`,
    skipped: batch.skips.get(position) ?? null,
  }
}

/** What was chosen on each motion, motion 0 first; and whether bits stand beyond the last one. */
export function picksOf(choices: bigint, motions: number): { picks: Pick[]; stray: boolean } {
  const picks = Array.from({ length: motions }, (_, at) => PICKS[Number((choices >> BigInt(2 * at)) & 3n)]!)
  return { picks, stray: choices >> BigInt(2 * motions) !== 0n }
}

/** A function from voter and choices to the ballot's hash (its EIP-712 digest), fast enough for thousands. */
export function ballotHasher(
  place: { chainId: number; openMeeting: Address },
  meeting: number,
  conveneHash: Hex,
): (ballot: { voter: number; choices: bigint }) => Hex {
  const text = (value: string) => keccak256(stringToBytes(value))
  const separator = keccak256(
    encodeAbiParameters(
      [
        { type: 'bytes32' },
        { type: 'bytes32' },
        { type: 'bytes32' },
        { type: 'uint256' },
        { type: 'address' },
      ],
      [DOMAIN_TYPE, text('Wanjia OpenMeeting'), text('1'), BigInt(place.chainId), place.openMeeting],
    ),
  )
  const message = new Uint8Array(5 * WORD)
  message.set(hexToBytes(concat([BALLOT_TYPE, toHex(meeting, { size: WORD }), conveneHash])))
  const fields = new DataView(message.buffer)
  const signed = new Uint8Array(2 + 2 * WORD)
  signed.set(hexToBytes(concat(['0x1901', separator])))
  return ({ voter, choices }) => {
    fields.setUint32(4 * WORD - 4, voter)
    fields.setBigUint64(5 * WORD - 8, choices)
    signed.set(keccak256(message, 'bytes'), 2 + WORD)
    return keccak256(signed)
  }
}

/** Whose signature it is; `null` for one that nobody can have made. */
export async function signerOf(hash: Hex, signature: Hex): Promise<Address | null> {
  try {
    return await recoverAddress({ hash, signature })
  } catch {
    return null
  }
}

type Only<T, K extends keyof T> = { [P in K]: T[P] }
