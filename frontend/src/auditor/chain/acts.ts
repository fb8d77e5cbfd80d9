/** What a transaction asked for: the call in plain terms, also one that an official signed and the operator relayed. */
import { decodeFunctionData, isAddressEqual, toHex } from 'viem/utils'
import type { Abi, Address, Hex } from 'viem'
import { factoryAbi } from '@/chain/abi/factory'
import { forwarderAbi } from '@/chain/abi/forwarder'
import { notaryAbi } from '@/chain/abi/notary'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { registryAbi } from '@/chain/abi/registry'
import { secretMeetingAbi } from '@/chain/abi/secretMeeting'
import { trusteeBoardAbi } from '@/chain/abi/trusteeBoard'

export interface Argument {
  /** `convening.motions[0].matter` */
  path: string
  value: string
}

export interface Act {
  to: Address
  /** `null` where no contract of the release has such a function. */
  name: string | null
  args: Argument[]
  /** Who signed a request that the forwarder relayed. */
  signer: Address | null
}

const INTERFACES: readonly Abi[] = [
  ...[openMeetingAbi, secretMeetingAbi, trusteeBoardAbi],
  ...[registryAbi, notaryAbi, factoryAbi, forwarderAbi],
]
/** Beyond it a number is a coordinate, a scalar or packed bits: it is shown in hexadecimal. */
const LARGEST = 2n ** 64n

interface Request {
  from: Address
  to: Address
  data: Hex
}

/** The calls in a transaction's input: the one it makes, and for the forwarder those it passes on. */
export function actsOf(to: Address, input: Hex, forwarder: Address): Act[] {
  const own = call(input)
  const act: Act = { to, name: own?.name ?? null, args: named(own), signer: null }
  if (!own || !isAddressEqual(to, forwarder)) return [act]
  const requests = own.name === 'execute' ? [own.args[0]] : own.name === 'executeBatch' ? own.args[0] : []
  return [{ ...act, args: [] }, ...(requests as Request[]).map(relayed)]
}

/** Flatten decoded values to lines, each with the path to it. */
export function argumentsOf(value: unknown, path = ''): Argument[] {
  if (Array.isArray(value)) return value.flatMap((each, at) => argumentsOf(each, `${path}[${at}]`))
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, each]) => argumentsOf(each, path ? `${path}.${key}` : key))
  }
  const packed = typeof value === 'bigint' && value >= LARGEST
  return [{ path, value: packed ? toHex(value, { size: 32 }) : String(value) }]
}

function relayed({ from, to, data }: Request): Act {
  const inner = call(data)
  return { to, name: inner?.name ?? null, args: named(inner), signer: from }
}

interface Call {
  name: string
  names: string[]
  args: readonly unknown[]
}

function call(input: Hex): Call | null {
  for (const abi of INTERFACES) {
    try {
      const { functionName, args } = decodeFunctionData({ abi, data: input })
      const entry = abi.find((each) => each.type === 'function' && each.name === functionName)
      const names = entry?.type === 'function' ? entry.inputs.map((each) => each.name ?? '') : []
      return { name: functionName, names, args: args ?? [] }
    } catch {
      continue
    }
  }
  return null
}

function named(found: Call | null): Argument[] {
  return found ? found.args.flatMap((value, at) => argumentsOf(value, found.names[at] || `[${at}]`)) : []
}
