/** A recording of a node's answers, in the form `wanjia audit --record` writes: answered from, and made. */
import type { Answer, Ask, Question } from './rpc'

type Parts = 'blocks' | 'logs' | 'transactions' | 'calls' | 'code'
export type Recording = Record<Parts, Record<string, unknown>> & {
  format: string
  registry: string
  chainId: unknown
  head: unknown
}
interface Filter {
  address: string
}
interface Call {
  to: string
  data: string
}

const FORMAT = 'wanjia-audit-recording-1'
const PARTS: Parts[] = ['blocks', 'logs', 'transactions', 'calls', 'code']
const lower = (value: unknown) => String(value).toLowerCase()
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A node that says what a recording holds, and nothing where it holds nothing. */
export function fromRecording(recording: unknown): Ask {
  if (
    !isObject(recording) ||
    recording.format !== FORMAT ||
    !PARTS.every((part) => isObject(recording[part]))
  )
    throw new Error('this is no recording')
  const held = recording as unknown as Recording
  return (questions) => Promise.resolve(questions.map((question) => recorded(held, question)))
}

function recorded(held: Recording, { method, params }: Question): Answer {
  switch (method) {
    case 'eth_chainId':
      return { result: held.chainId }
    case 'eth_blockNumber':
      return { result: held.head }
    case 'eth_getBlockByNumber':
      return { result: held.blocks[`${Number(params[0])}`] ?? null }
    case 'eth_getLogs': {
      const found = held.logs[lower((params[0] as Filter).address)] ?? []
      return { result: Array.isArray(found) ? found : [found] }
    }
    case 'eth_getTransactionByHash':
      return { result: held.transactions[String(params[0])] ?? null }
    case 'eth_getCode':
      return { result: held.code[lower(params[0])] ?? null }
    case 'eth_call': {
      const answers = held.calls[lower((params[0] as Call).to)]
      const found = isObject(answers) ? (answers[(params[0] as Call).data] ?? null) : null
      return found === null ? { error: { code: 3, message: 'execution reverted' } } : { result: found }
    }
    default:
      return { error: { message: `${method} is not recorded` } }
  }
}

/** The same node, with every answer kept in `recording`. */
export function recording(ask: Ask, registry: string): { ask: Ask; recording: Recording } {
  const kept: Recording = {
    ...{ format: FORMAT, registry, chainId: null, head: null },
    ...{ blocks: {}, logs: {}, transactions: {}, calls: {}, code: {} },
  }
  const listening: Ask = async (questions) => {
    const answers = await ask(questions)
    questions.forEach((question, at) => keep(kept, question, answers[at]!))
    return answers
  }
  return { ask: listening, recording: kept }
}

function keep(kept: Recording, { method, params }: Question, { result = null }: Answer): void {
  if (method === 'eth_chainId') kept.chainId = result
  else if (method === 'eth_blockNumber') kept.head = result
  else if (method === 'eth_getBlockByNumber') kept.blocks[`${Number(params[0])}`] = result
  else if (method === 'eth_getTransactionByHash') kept.transactions[String(params[0])] = result
  else if (method === 'eth_getCode') kept.code[lower(params[0])] = result
  else if (method === 'eth_call') {
    const { to, data } = params[0] as Call
    ;((kept.calls[lower(to)] ??= {}) as Record<string, unknown>)[data] = result
  } else if (method === 'eth_getLogs') {
    const found = (kept.logs[lower((params[0] as Filter).address)] ??= []) as unknown[]
    if (Array.isArray(result)) found.push(...result)
  }
}
