/**
 * Logs, transactions and headers as a node tells them, read into what the checks work with.
 *
 * Hashes and accounts are kept as the text that came: they are only ever compared, and one of another form equals none.
 */
import type { Address } from 'viem'
import { asCount, asData, asHash, asList, asQuantity, asRecord, Malformed, readable } from './hex'
import { eventOf, readEvent, type ContractName } from './release'
import type { EventName, Events } from './events'

export interface Block {
  number: number
  hash: string
  parent: string
  time: bigint
  transactions: Set<string>
}
export interface Transaction {
  hash: string
  block: number
  blockHash: string
  from: string
  /** Empty when it made a contract. */
  to: string
  input: `0x${string}`
}
/** A log as it stands, whatever it says. */
export interface RawLog {
  contract: ContractName
  address: Address
  topics: string[]
  data: unknown
  block: number
  index: number
  blockHash: string
  transaction: string
}
/** A log that tells an event of the release. `order` counts all of them as they happened. */
export interface Log<N extends EventName = EventName> extends RawLog {
  name: N
  args: Events[N]
  order: number
}

/** Tell whether a log is this event. */
export const is = <N extends EventName>(log: Log, name: N): log is Log<N> => log.name === name

/** Where a log stands, for people. */
export const place = ({ block, index }: { block: number; index: number }) => `${block}/${index}`

const text = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '')

/** A log of this contract; nothing when it cannot be read, is another's, or was taken back. */
export const asLog = (contract: ContractName, address: Address, value: unknown): RawLog | undefined =>
  readable(() => {
    const log = asRecord(value)
    const takenBack = log.removed !== undefined && log.removed !== false
    if (text(log.address) !== address || takenBack) return undefined
    const topics = asList(log.topics)
    if (!topics.every((topic) => typeof topic === 'string')) throw new Malformed('topics expected')
    return {
      ...{ contract, address, topics: topics.map(text), data: log.data },
      block: asCount(log.blockNumber),
      index: asCount(log.logIndex),
      blockHash: text(log.blockHash),
      transaction: text(log.transactionHash),
    }
  })

/** A header; nothing when it cannot be read. */
export const asBlock = (value: unknown): Block | undefined =>
  readable(() => {
    const block = asRecord(value)
    return {
      number: asCount(block.number),
      hash: text(block.hash),
      parent: text(block.parentHash),
      time: asQuantity(block.timestamp),
      transactions: new Set(asList(block.transactions).map(text)),
    }
  })

/** A transaction; nothing when it cannot be read. */
export const asTransaction = (value: unknown): Transaction | undefined =>
  readable(() => {
    const one = asRecord(value)
    return {
      hash: text(one.hash),
      block: asCount(one.blockNumber),
      blockHash: text(one.blockHash),
      from: text(one.from),
      to: text(one.to),
      input: asData(one.input),
    }
  })

/** Events among the logs, in the order in which they happened; the others are no events of the release. */
export function readLogs(raw: RawLog[]): { logs: Log[]; foreign: RawLog[] } {
  const foreign: RawLog[] = []
  const logs: Log[] = []
  for (const one of [...raw].sort((a, b) => a.block - b.block || a.index - b.index)) {
    const event = eventOf(one.contract, one.topics[0] ?? '')
    const args = event && readable(() => readEvent(event, one.topics.map(asHash), asData(one.data)))
    if (args) logs.push({ ...one, name: event.name as EventName, args: args as never, order: logs.length })
    else foreign.push(one)
  }
  return { logs, foreign }
}
