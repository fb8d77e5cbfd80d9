/** Logs, transactions and headers as a node tells them, read into what the checks work with. */
import type { Address, Hex } from 'viem'
import { asAddress, asCount, asData, asHash, asList, asQuantity, asRecord, readable } from './hex'
import { eventOf, readEvent, type ContractName } from './release'
import type { EventName, Events } from './events'

export interface Block {
  hash: Hex
  parent: Hex
  time: bigint
  transactions: Set<Hex>
}
export interface Transaction {
  hash: Hex
  block: number
  blockHash: Hex
  from: Address
  to: Address | undefined
  input: Hex
}
/** A log as it stands, whatever it says. */
export interface RawLog {
  contract: ContractName
  address: Address
  topics: Hex[]
  data: Hex
  block: number
  index: number
  blockHash: Hex
  transaction: Hex
  removed: boolean
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

export const asLog = (contract: ContractName, value: unknown): RawLog | undefined =>
  readable(() => {
    const log = asRecord(value)
    return {
      contract,
      address: asAddress(log.address),
      topics: asList(log.topics).map(asHash),
      data: asData(log.data),
      block: asCount(log.blockNumber),
      index: asCount(log.logIndex),
      blockHash: asHash(log.blockHash),
      transaction: asHash(log.transactionHash),
      removed: log.removed === true,
    }
  })

export const asBlock = (number: number, value: unknown): Block | undefined =>
  readable(() => {
    const block = asRecord(value)
    if (asCount(block.number) !== number) return undefined
    return {
      hash: asHash(block.hash),
      parent: asHash(block.parentHash),
      time: asQuantity(block.timestamp),
      transactions: new Set(asList(block.transactions).map(asHash)),
    }
  })

export const asTransaction = (hash: Hex, value: unknown): Transaction | undefined =>
  readable(() => {
    const one = asRecord(value)
    if (asHash(one.hash) !== hash) return undefined
    return {
      hash,
      block: asCount(one.blockNumber),
      blockHash: asHash(one.blockHash),
      from: asAddress(one.from),
      to: one.to === null || one.to === undefined ? undefined : asAddress(one.to),
      input: asData(one.input),
    }
  })

/** Events among the logs, in the order in which they happened; the others are no events of the release. */
export function readLogs(raw: RawLog[]): { logs: Log[]; foreign: RawLog[] } {
  const foreign: RawLog[] = []
  const logs: Log[] = []
  for (const one of [...raw].sort((a, b) => a.block - b.block || a.index - b.index)) {
    const event = eventOf(one.contract, one.topics[0] ?? '')
    const args = event && readable(() => readEvent(event, one.topics, one.data))
    if (args) logs.push({ ...one, name: event.name as EventName, args: args as never, order: logs.length })
    else foreign.push(one)
  }
  return { logs, foreign }
}
