/** Blocks, transactions, logs and views of a chain, in plain shapes. Numbers are whole, times UTC seconds. */
import { decodeFunctionResult, encodeFunctionData, numberToHex } from 'viem/utils'
import type {
  Abi,
  Address,
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  Hex,
} from 'viem'
import { RpcError, type Rpc } from './rpc'

const WIDEST_SPAN = 10_000

export interface Block {
  number: number
  hash: Hex
  parentHash: Hex
  time: number
  miner: Address
  gasUsed: number
  gasLimit: number
  transactions: Transaction[]
}

export interface Transaction {
  hash: Hex
  /** `null` while it waits. */
  block: number | null
  position: number
  from: Address
  to: Address | null
  input: Hex
  nonce: number
  gas: number
}

export interface Receipt {
  succeeded: boolean
  gasUsed: number
  created: Address | null
  logs: Log[]
}

export interface Log {
  address: Address
  topics: [Hex, ...Hex[]] | []
  data: Hex
  block: number
  transaction: Hex
  /** Position in its block. */
  index: number
}

export interface Filter {
  address: Address | Address[]
  topics?: (Hex | Hex[] | null)[]
}

type Raw = Record<string, Hex>
type View<A extends Abi> = ContractFunctionName<A, 'pure' | 'view'>

export class Reader {
  constructor(private readonly rpc: Rpc) {}

  head = async (): Promise<number> => Number(await this.rpc.ask<Hex>('eth_blockNumber', []))
  code = (address: Address): Promise<Hex> => this.rpc.ask('eth_getCode', [address, 'latest'])
  nonce = async (address: Address): Promise<number> =>
    Number(await this.rpc.ask<Hex>('eth_getTransactionCount', [address, 'latest']))

  /** A block with its transactions, by number or hash; `null` where there is none. */
  async block(at: number | Hex): Promise<Block | null> {
    const [method, place] =
      typeof at === 'number'
        ? ['eth_getBlockByNumber', numberToHex(at)]
        : (['eth_getBlockByHash', at] as const)
    const raw = await this.rpc.ask<(Raw & { transactions: unknown }) | null>(method, [place, true])
    if (!raw) return null
    return {
      number: Number(raw.number),
      hash: raw.hash!,
      parentHash: raw.parentHash!,
      time: Number(raw.timestamp),
      miner: raw.miner as Address,
      gasUsed: Number(raw.gasUsed),
      gasLimit: Number(raw.gasLimit),
      transactions: (raw.transactions as Raw[]).map(transactionOf),
    }
  }

  /** When a block was made. */
  async timeOf(number: number): Promise<number> {
    return Number((await this.rpc.ask<Raw>('eth_getBlockByNumber', [numberToHex(number), false])).timestamp)
  }

  async transaction(hash: Hex): Promise<Transaction | null> {
    const raw = await this.rpc.ask<Raw | null>('eth_getTransactionByHash', [hash])
    return raw && transactionOf(raw)
  }

  async receipt(hash: Hex): Promise<Receipt | null> {
    const raw = await this.rpc.ask<(Raw & { logs: unknown }) | null>('eth_getTransactionReceipt', [hash])
    return (
      raw && {
        succeeded: Number(raw.status) === 1,
        gasUsed: Number(raw.gasUsed),
        created: (raw.contractAddress as Address | undefined) ?? null,
        logs: (raw.logs as Raw[]).map(logOf),
      }
    )
  }

  /** Every log that fits, from `first` to the head; a span that is too much at once is halved. */
  async logs(filter: Filter, first: number): Promise<Log[]> {
    const last = await this.head()
    const found: Log[] = []
    let width = WIDEST_SPAN
    for (let from = first; from <= last; ) {
      const to = Math.min(last, from + width - 1)
      try {
        const span = { ...filter, fromBlock: numberToHex(from), toBlock: numberToHex(to) }
        found.push(...(await this.rpc.ask<Raw[]>('eth_getLogs', [span])).map(logOf))
        from = to + 1
      } catch (cause) {
        if (!(cause instanceof RpcError && cause.tooMuch && width > 1)) throw cause
        width = Math.max(1, width >> 1)
      }
    }
    return found
  }

  /** What a contract's view answers now. */
  async view<const A extends Abi, N extends View<A>>(
    address: Address,
    abi: A,
    functionName: N,
    args: ContractFunctionArgs<A, 'pure' | 'view', N>,
  ): Promise<ContractFunctionReturnType<A, 'pure' | 'view', N>> {
    const view = { abi: abi as Abi, functionName: functionName as string }
    const data = encodeFunctionData({ ...view, args: args as unknown[] })
    const answer = await this.rpc.ask<Hex>('eth_call', [{ to: address, data }, 'latest'])
    return decodeFunctionResult({ ...view, data: answer }) as never
  }
}

function transactionOf(raw: Raw): Transaction {
  return {
    hash: raw.hash!,
    block: raw.blockNumber ? Number(raw.blockNumber) : null,
    position: Number(raw.transactionIndex ?? 0),
    from: raw.from as Address,
    to: (raw.to as Address | undefined) ?? null,
    input: raw.input!,
    nonce: Number(raw.nonce),
    gas: Number(raw.gas),
  }
}

function logOf(raw: Raw): Log {
  return {
    address: raw.address as Address,
    topics: raw.topics as unknown as Log['topics'],
    data: raw.data!,
    block: Number(raw.blockNumber),
    transaction: raw.transactionHash!,
    index: Number(raw.logIndex),
  }
}
