/** Everything the checks look at, read from the chain once. */
import type { Address, Hex } from 'viem'
import type { Chain } from './chain'
import { asHash, readable } from './hex'
import { implementationOf } from './clone'
import {
  asBlock,
  asLog,
  asTransaction,
  is,
  readLogs,
  type Block,
  type Log,
  type RawLog,
  type Transaction,
} from './logs'
import { answer, question, type ContractName } from './release'

/** The clones of a community besides its registry: the registry's name for each, and the contract's. */
export const BOUND = {
  openMeeting: 'OpenMeeting',
  secretMeeting: 'SecretMeeting',
  trusteeBoard: 'TrusteeBoard',
  notary: 'Notary',
} as const satisfies Record<string, ContractName>
export type Bound = keyof typeof BOUND
export const BOUND_NAMES = Object.keys(BOUND) as Bound[]

export interface Links {
  openMeeting?: Address
  secretMeeting?: Address
  trusteeBoard?: Address
  notary?: Address
  factory?: Address
  forwarder?: Address
  community?: Hex
  /** The registry that each other clone names. */
  registries: Partial<Record<Bound, Address>>
}
export interface Community {
  chain: Chain
  registry: Address
  links: Links
  codes: Map<Address, unknown>
  logs: Log[]
  foreign: RawLog[]
  /** How many logs a node gave that cannot be read, lie beyond the head, or were not asked for. */
  unreadable: number
  blocks: Map<number, Block | undefined>
  transactions: Map<string, Transaction | undefined>
  first: number
  last: number
}

/** Up to this many blocks every header is read; of a longer chain those with events and the last. */
const WHOLE_CHAIN = 20_000

/** Ask a contract for something; `undefined` where it refuses or answers what it never would. */
export async function ask(
  chain: Chain,
  to: Address | undefined,
  contract: ContractName,
  calls: [name: string, ...args: unknown[]][],
): Promise<unknown[]> {
  if (!to) return calls.map(() => undefined)
  const data = calls.map(([name, ...args]) => question(contract, name, args))
  const answers = await chain.calls(to, data)
  return answers.map((one, at) => one && readable(() => answer(contract, calls[at]![0], one)))
}

export async function readCommunity(chain: Chain, registry: Address): Promise<Community> {
  const links = await readLinks(chain, registry)
  const { factory, forwarder } = links
  const contracts: [ContractName, Address | undefined][] = [
    ['OwnerRegistry', registry],
    ...BOUND_NAMES.map((name): [ContractName, Address | undefined] => [BOUND[name], links[name]]),
    ['CommunityFactory', factory],
  ]
  const raw: (RawLog | undefined)[] = []
  for (const [contract, address] of contracts)
    if (address)
      for (const one of await chain.logs(address)) {
        const log = asLog(contract, address, one)
        if (!log || !isOfOthers(log, registry)) raw.push(log)
      }
  const sound = raw.filter((one): one is RawLog => one !== undefined && one.block <= chain.head)
  const { logs, foreign } = readLogs(sound)
  const numbers = blocksToRead(sound, chain.head)
  const hashes = [...new Set(sound.map(({ transaction }) => transaction))].filter(isHash)
  const clones = BOUND_NAMES.map((name) => links[name])
  const codes = await readCodes(chain, [registry, ...clones, factory, forwarder])
  const transactions = await chain.transactions(hashes)
  const blocks = await chain.blocks(numbers)
  const headers = new Map(numbers.map((number, at) => [number, asBlock(blocks[at])]))
  return {
    chain,
    registry,
    links,
    codes,
    logs,
    foreign,
    unreadable: raw.length - sound.length,
    blocks: headers,
    transactions: new Map(hashes.map((hash, at) => [hash, asTransaction(transactions[at])])),
    first: numbers.find((number) => headers.get(number)) ?? 0,
    last: chain.head,
  }
}

/** The factory tells of other communities too. */
const isOfOthers = ({ contract, data }: RawLog, registry: Address): boolean =>
  contract === 'CommunityFactory' && !String(data).toLowerCase().includes(registry.slice(2))

async function readLinks(chain: Chain, registry: Address): Promise<Links> {
  const [factory, forwarder, community, ...named] = (await ask(chain, registry, 'OwnerRegistry', [
    ['factory'],
    ['trustedForwarder'],
    ['community'],
    ...BOUND_NAMES.map((name): [string] => [name]),
  ])) as (Hex | undefined)[]
  const links: Links = { factory, forwarder, community, registries: {} }
  for (const [at, name] of BOUND_NAMES.entries()) {
    links[name] = named[at]
    const [back] = await ask(chain, named[at], BOUND[name], [['registry']])
    links.registries[name] = back as Address | undefined
  }
  return links
}

/** Codes of the contracts, and of what the clones among them stand for. */
async function readCodes(chain: Chain, accounts: (Address | undefined)[]): Promise<Map<Address, unknown>> {
  const known = accounts.filter((one) => one !== undefined)
  const codes = await chain.codes(known)
  const found = new Map<Address, unknown>(known.map((account, at) => [account, codes[at]]))
  const behind = codes.map(implementationOf).filter((one) => one !== undefined)
  const implementations = await chain.codes(behind)
  behind.forEach((account, at) => found.set(account, implementations[at]))
  return found
}

const isHash = (hash: string): hash is Hex => readable(() => asHash(hash)) !== undefined

function blocksToRead(logs: RawLog[], head: number): number[] {
  const withEvents = logs.map(({ block }) => block)
  const first = withEvents.reduce((least, block) => Math.min(least, block), head)
  if (head - first < WHOLE_CHAIN) return Array.from({ length: head - first + 1 }, (_, at) => first + at)
  return [...new Set([...withEvents, head])].sort((a, b) => a - b)
}

/** Time of the block a log lies in; zero when that block cannot be read, as chain.continuity then says. */
export const timeOf = ({ blocks }: Community, { block }: { block: number }): bigint =>
  blocks.get(block)?.time ?? 0n

/** The events of one name, in order. */
export const eventsOf = <N extends Log['name']>(logs: Log[], name: N): Log<N>[] =>
  logs.filter((log): log is Log<N> => is(log, name))
