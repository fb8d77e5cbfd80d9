/** What is asked of a chain, all of it at one head block. Answers are passed on as they came, to be read with care. */
import type { Address, Hex } from 'viem'
import { asCount, asData, asList, asQuantity, readable } from './hex'
import { Unanswered, type Answer, type Ask, type Question } from './rpc'

export type Phase =
  | 'contracts'
  | 'logs'
  | 'transactions'
  | 'blocks'
  | 'answers'
  | 'signatures'
  | 'proofs'
  | 'checks'
/** Told again and again how far a phase is. */
export type Progress = (phase: Phase, done: number, total: number) => void

/** Questions at once; calls of contracts are fewer, since nodes bound the gas of a batch. */
const BATCH = 100
const CALLS = 40
/** Codes with which nodes say that less at once may be answered. */
const TOO_MUCH: unknown[] = [-32005]
const WIDEST_RANGE = 10_000
/** Codes with which nodes answer a call that the contract refused. */
const REFUSED: unknown[] = [3, -32000, -32015]

const hex = (number: number) => `0x${number.toString(16)}`

export class Chain {
  private constructor(
    private readonly ask: Ask,
    private readonly progress: Progress,
    readonly id: bigint,
    readonly head: number,
  ) {}

  /** Settle which chain it is and which block is the last. */
  static async open(ask: Ask, progress: Progress): Promise<Chain> {
    const [id, head] = await ask([
      { method: 'eth_chainId', params: [] },
      { method: 'eth_blockNumber', params: [] },
    ])
    const known = readable(() => [asQuantity(id?.result), BigInt(asCount(head?.result))] as const)
    if (!known) throw new Unanswered('the node says neither which chain it is nor how long')
    return new Chain(ask, progress, known[0], Number(known[1]))
  }

  /** Headers by number. */
  blocks(numbers: number[]): Promise<unknown[]> {
    return this.many(
      'blocks',
      numbers.map((number) => ({ method: 'eth_getBlockByNumber', params: [hex(number), false] })),
    )
  }

  transactions(hashes: Hex[]): Promise<unknown[]> {
    return this.many(
      'transactions',
      hashes.map((hash) => ({ method: 'eth_getTransactionByHash', params: [hash] })),
    )
  }

  /** Codes of accounts. */
  codes(accounts: Address[]): Promise<unknown[]> {
    return this.many(
      'contracts',
      accounts.map((account) => ({ method: 'eth_getCode', params: [account, hex(this.head)] })),
    )
  }

  /** Answers of a contract; `undefined` where it refused, or where what came are no bytes. */
  async calls(to: Address, data: Hex[]): Promise<(Hex | undefined)[]> {
    const found: (Hex | undefined)[] = []
    for (let at = 0; at < data.length; at += CALLS) {
      const part = data.slice(at, at + CALLS)
      const answers = await this.ask(
        part.map((one) => ({ method: 'eth_call', params: [{ to, data: one }, hex(this.head)] })),
      )
      found.push(...answers.map(bytesOrRefusal))
      this.progress('answers', found.length, data.length)
    }
    return found
  }

  /** Every log of a contract up to the head; a range that the node finds too wide is halved. */
  async logs(address: Address): Promise<unknown[]> {
    const found: unknown[] = []
    let width = WIDEST_RANGE
    for (let from = 0; from <= this.head; ) {
      const to = Math.min(this.head, from + width - 1)
      const filter = { address, fromBlock: hex(from), toBlock: hex(to) }
      const [answer] = await this.ask([{ method: 'eth_getLogs', params: [filter] }])
      const part = answer?.error ? undefined : readable(() => asList(answer?.result))
      if (part) {
        for (const one of part) found.push(one)
        from = to + 1
        this.progress('logs', from, this.head + 1)
      } else if (width > 1) width = Math.ceil(width / 2)
      else throw new Unanswered(`no logs of block ${from}: ${answer?.error?.message ?? 'no list'}`)
    }
    return found
  }

  /** Ask in halves what is too much at once. */
  private async lessAtOnce(questions: Question[]): Promise<Answer[]> {
    const answers = await this.ask(questions)
    const refused = answers.some(({ error }) => error && TOO_MUCH.includes(error.code))
    if (!refused || questions.length === 1) return answers
    const half = Math.ceil(questions.length / 2)
    const first = await this.lessAtOnce(questions.slice(0, half))
    return [...first, ...(await this.lessAtOnce(questions.slice(half)))]
  }

  private async many(phase: Phase, questions: Question[]): Promise<unknown[]> {
    const found: unknown[] = []
    for (let at = 0; at < questions.length; at += BATCH) {
      const answers = await this.lessAtOnce(questions.slice(at, at + BATCH))
      for (const { result, error } of answers) {
        if (error) throw new Unanswered(`${questions[at]!.method}: ${error.message}`)
        found.push(result)
      }
      this.progress(phase, found.length, questions.length)
    }
    return found
  }
}

function bytesOrRefusal({ result, error }: Answer): Hex | undefined {
  if (error) {
    if (REFUSED.includes(error.code) || /revert/i.test(error.message)) return undefined
    throw new Unanswered(`eth_call: ${error.message}`)
  }
  return readable(() => asData(result))
}
