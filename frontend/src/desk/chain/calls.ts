/** The calls officials sign, read from their bytes: what is shown and checked is what the contract will do. */
import type { Abi, Address, Hex } from 'viem'
import { decodeFunctionData, encodeFunctionData, isAddressEqual, parseAbi } from 'viem/utils'
import { Distrust } from '@/chain/trust'
import type { Call } from '@/desk/api/types'

const ABI = parseAbi([
  'struct Motion { uint8 matter; uint8 group; uint8 cap; bytes32 textHash; }',
  'struct Rules { bytes32 rulesHash; uint32 noticePeriod; uint32 rollPeriod; uint32 paperPeriod; uint32 objectionPeriod; }',
  'struct Convening { bytes32 scopeHash; Motion[] motions; bytes32[] documents; uint64 opensAt; uint64 closesAt; Rules rules; }',
  'function convene(Convening convening)',
  'function consent(uint256 meeting, bytes32 conveneHash)',
  'function publishRoll(uint256 meeting, uint32 firstWord, uint256[] words)',
  'function sealRoll(uint256 meeting, bytes32 digest, uint64 areaTotal, uint32 headsTotal)',
  'function extend(uint256 meeting, uint64 closesAt, bytes32 reasonHash)',
  'function answerObjection(uint256 meeting, uint256 objection, bytes32 answerHash)',
  'function voidMeeting(uint256 meeting, bytes32 reasonHash)',
  'function approveKeyChange(uint32 voter, address newKey)',
  'function cancelKeyChange(uint32 voter)',
  'function proposeRole(bytes32 role, address account, bool grant)',
  'function confirmRole(bytes32 role, address account, bool grant)',
  'function anchor(bytes32 root, bytes32 subject)',
  'function proposeTrustees(uint256 meeting, address[] accounts, uint8 threshold)',
  'function confirmTrustees(uint256 meeting, bytes32 trusteeSetHash)',
  'function restartKeys(uint256 meeting, uint32 run, bytes32 reasonHash)',
])

type Name = Extract<(typeof ABI)[number], { type: 'function' }>['name']
export type CallName = Name

/** A community's contracts, of which officials call five. */
export type Home = 'openMeeting' | 'secretMeeting' | 'board' | 'registry' | 'notary'

const MEETING = ['openMeeting', 'secretMeeting'] as const
/** Whose function it is: a call of the right name sent to another contract is not what it says. */
const HOMES: Record<CallName, readonly Home[]> = {
  convene: MEETING,
  consent: MEETING,
  publishRoll: MEETING,
  sealRoll: MEETING,
  extend: MEETING,
  answerObjection: MEETING,
  voidMeeting: MEETING,
  approveKeyChange: ['registry'],
  cancelKeyChange: ['registry'],
  proposeRole: ['registry'],
  confirmRole: ['registry'],
  anchor: ['notary'],
  proposeTrustees: ['board'],
  confirmTrustees: ['board'],
  restartKeys: ['board'],
}

/** A community's contracts and the forwarder that carries officials' calls to them. */
export interface DeskPlace {
  chainId: number
  forwarder: Address
  openMeeting: Address
  registry: Address
  notary: Address
  /** Not in communities whose contracts know no secret ballots. */
  secretMeeting?: Address | null
  board?: Address | null
}

/** A call as people read it; `args` by the contract's own names. */
export interface ReadCall {
  name: CallName
  contract: Home
  args: Readonly<Record<string, unknown>>
}

/**
 * What a page says it has signed: the function, and as many of its arguments as the page knows. Numbers of meetings are
 * unique in a community, so only a convening has to say whose it is.
 */
export interface Expected {
  name: CallName
  contract?: Home
  args?: Readonly<Record<string, unknown>>
}

/** Write a call of the registry: its arguments in the contract's order. */
export function registryCall(
  place: DeskPlace,
  name: 'approveKeyChange' | 'cancelKeyChange' | 'proposeRole' | 'confirmRole',
  args: readonly unknown[],
): Call {
  // The arguments are checked against the types of the call when they are encoded.
  const data = encodeFunctionData({ abi: ABI as Abi, functionName: name, args })
  return { to: place.registry, data }
}

/** Read a call. Throws `Distrust('actChanged')` unless it is one of ours, for this community's own contract. */
export function readCall(place: DeskPlace, { to, data }: Call): ReadCall {
  const { name, args } = decoded(data)
  const contract = HOMES[name].find((home) => place[home] && isAddressEqual(to, place[home]))
  if (!contract) throw new Distrust('actChanged')
  return { name, contract, args }
}

/** Throw `Distrust('actChanged')` unless the call is the one the page announced. */
export function checkExpected(call: ReadCall, expected: Expected): void {
  const fits =
    call.name === expected.name &&
    (!expected.contract || call.contract === expected.contract) &&
    holds(call.args, expected.args ?? {})
  if (!fits) throw new Distrust('actChanged')
}

function decoded(data: Hex): Pick<ReadCall, 'name' | 'args'> {
  try {
    const { functionName, args } = decodeFunctionData({ abi: ABI, data })
    // what is read is all there is: bytes that say nothing are not signed either
    const again = encodeFunctionData({ abi: ABI as Abi, functionName, args: args as readonly unknown[] })
    if (again !== data.toLowerCase()) throw new Distrust('actChanged')
    const entry = ABI.find((item) => item.type === 'function' && item.name === functionName)!
    const named = entry.inputs.map((input, at) => [input.name, args[at]] as const)
    return { name: functionName, args: Object.fromEntries(named) }
  } catch (cause) {
    throw Object.assign(new Distrust('actChanged'), { cause })
  }
}

/** Tell whether everything in `wanted` is in `given`; numbers of any kind and the case of hex do not differ. */
function holds(given: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(given) &&
      given.length === wanted.length &&
      wanted.every((each, at) => holds(given[at], each))
    )
  }
  if (wanted !== null && typeof wanted === 'object') {
    const fields = (given ?? {}) as Record<string, unknown>
    return Object.entries(wanted).every(([name, value]) => holds(fields[name], value))
  }
  return String(given).toLowerCase() === String(wanted).toLowerCase()
}
