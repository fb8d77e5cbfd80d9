/** Logs of the release's contracts, decoded by their interfaces. */
import { decodeEventLog, encodeEventTopics, pad, numberToHex } from 'viem/utils'
import type { Abi, Address, ContractEventName, DecodeEventLogReturnType, Hex } from 'viem'
import { factoryAbi } from '@/chain/abi/factory'
import { forwarderAbi } from '@/chain/abi/forwarder'
import { notaryAbi } from '@/chain/abi/notary'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { registryAbi } from '@/chain/abi/registry'
import { secretMeetingAbi } from '@/chain/abi/secretMeeting'
import { trusteeBoardAbi } from '@/chain/abi/trusteeBoard'
import type { Log } from './reader'

/** Every event of the release. */
export const EVERY_ABI = [
  ...registryAbi,
  ...openMeetingAbi,
  ...secretMeetingAbi,
  ...trusteeBoardAbi,
  ...notaryAbi,
  ...factoryAbi,
  ...forwarderAbi,
] as Abi

/** Where a log stands on the chain. */
export interface Place {
  address: Address
  block: number
  transaction: Hex
  index: number
}

export interface Event<A extends Abi, N extends ContractEventName<A>> extends Place {
  name: N
  args: ArgsOf<A, N>
}

/** What an event of an interface says. */
export type ArgsOf<A extends Abi, N extends ContractEventName<A>> =
  DecodeEventLogReturnType<A, N> extends {
    args: infer Args
  }
    ? Args
    : Record<string, never>

/** An event whose arguments are only shown. */
export interface AnyEvent extends Place {
  name: string
  args: Record<string, unknown>
}

/** The topics that find some events of a contract, by name. */
export function topicsOf<const A extends Abi>(abi: A, ...names: ContractEventName<A>[]): Hex[] {
  return names.map((eventName) => encodeEventTopics({ abi: abi as Abi, eventName })[0] as Hex)
}

/** A whole number as an indexed topic. */
export function numberTopic(value: number): Hex {
  return pad(numberToHex(value), { size: 32 })
}

/** Decode the logs of one event; others are left out. */
export function eventsOf<const A extends Abi, N extends ContractEventName<A>>(
  logs: readonly Log[],
  abi: A,
  name: N,
): Event<A, N>[] {
  return logs.flatMap((log) => {
    const found = decoded(log, abi)
    return found?.name === name ? [found as unknown as Event<A, N>] : []
  })
}

/** Decode a log; `null` for an event that the interface does not have. */
export function decoded(log: Log, abi: Abi = EVERY_ABI): AnyEvent | null {
  try {
    const { eventName, args } = decodeEventLog({ abi, topics: log.topics, data: log.data })
    const { address, block, transaction, index } = log
    const said = (args ?? {}) as unknown as Record<string, unknown>
    return { name: String(eventName), args: said, address, block, transaction, index }
  } catch {
    return null
  }
}

/** Whether one place comes before another on the chain. */
export function isBefore(one: Place, other: { block: number; index: number }): boolean {
  return one.block < other.block || (one.block === other.block && one.index < other.index)
}
