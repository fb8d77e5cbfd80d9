/** This release as the verifier knows it: events, calls and code (release.json, generated from the compiled contracts). */
import { encodeFunctionData, toEventSelector, toFunctionSelector } from 'viem/utils'
import type { Abi, AbiEvent, AbiFunction, Hex } from 'viem'
import { decode, scalar, type Parameter } from './abi'
import { Malformed } from './hex'
import release from './release.json'

export type ContractName = keyof typeof release
interface Code {
  bytes: number
  keccak: string
  immutables: Record<string, number[]>
}
interface Entry {
  type: string
  name: string
  inputs: Parameter[]
  outputs?: Parameter[]
}
export interface EventEntry extends Entry {
  topics: Parameter[]
  data: Parameter[]
}
export interface FunctionEntry extends Entry {
  selector: Hex
}

const CONTRACTS = release as unknown as Record<ContractName, { abi: Entry[]; code: Code }>

/** Length, hash and filled-in places of a contract's code. */
export const codeOf = (contract: ContractName): Code => CONTRACTS[contract].code

const EVENTS = new Map<string, EventEntry>()
const FUNCTIONS = new Map<string, FunctionEntry>()
for (const [contract, { abi }] of Object.entries(CONTRACTS)) {
  for (const entry of abi) {
    if (entry.type === 'event')
      EVENTS.set(`${contract}.${toEventSelector(entry as unknown as AbiEvent)}`, {
        ...entry,
        topics: entry.inputs.filter(({ indexed }) => indexed),
        data: entry.inputs.filter(({ indexed }) => !indexed),
      })
    else
      FUNCTIONS.set(`${contract}.${entry.name}`, {
        ...entry,
        selector: toFunctionSelector(entry as unknown as AbiFunction),
      })
  }
}

/** The event of a contract that has this topic. */
export const eventOf = (contract: ContractName, topic: string): EventEntry | undefined =>
  EVENTS.get(`${contract}.${topic}`)

/** A function of a contract by its name. */
export function functionOf(contract: ContractName, name: string): FunctionEntry {
  const found = FUNCTIONS.get(`${contract}.${name}`)
  if (!found) throw new Error(`no ${contract}.${name} in the release`)
  return found
}

/** What an event says, from its topics and data. */
export function readEvent(event: EventEntry, topics: Hex[], data: Hex): Record<string, unknown> {
  if (topics.length !== event.topics.length + 1) throw new Malformed('topics missing')
  const indexed = event.topics.map(({ name, type }, at) => [name, scalar(type, topics[at + 1]!.slice(2))])
  return { ...Object.fromEntries(indexed), ...decode(event.data, data.slice(2), 'strict') }
}

/** The data of a call. */
export function question(contract: ContractName, name: string, args: readonly unknown[] = []): Hex {
  return encodeFunctionData({ abi: [functionOf(contract, name)] as unknown as Abi, functionName: name, args })
}

/** What a contract answered; a single value stands for itself. */
export function answer(contract: ContractName, name: string, data: Hex): unknown {
  const outputs = functionOf(contract, name).outputs ?? []
  const values = decode(
    outputs.map((one, at) => ({ ...one, name: one.name || `${at}` })),
    data.slice(2),
    'strict',
  )
  return outputs.length === 1 ? Object.values(values)[0] : values
}

/** The arguments of a call if `input` calls this function, as the contract itself reads them. */
export function callOf<T>(contract: ContractName, name: string, input: Hex): T | undefined {
  const entry = functionOf(contract, name)
  if (!input.startsWith(entry.selector)) return undefined
  return decode(entry.inputs, input.slice(10), 'lenient') as T
}
