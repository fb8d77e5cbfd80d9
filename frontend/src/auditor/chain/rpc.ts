/** JSON-RPC over the site's reading path: calls made at the same moment travel in one batch. */
import type { Hex } from 'viem'
import type { Http } from '@/api/http'

const MOST_CALLS = 100

interface Answer {
  id: number
  result?: unknown
  error?: { code: number; message: string; data?: Hex }
}

interface Waiting {
  method: string
  params: unknown[]
  settle: (answer: Answer) => void
  fail: (cause: unknown) => void
}

/** The node, or the contract, answered with an error. */
export class RpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message)
  }

  /** Tell whether less at once may be answered. */
  get tooMuch(): boolean {
    return this.code === -32005
  }
}

/** Asks the chain. */
export class Rpc {
  private waiting: Waiting[] = []

  constructor(private readonly http: Http) {}

  /** Ask one question; rejects with `RpcError`, or as `Http` does. */
  async ask<T>(method: string, params: unknown[]): Promise<T> {
    const answer = await new Promise<Answer>((settle, fail) => {
      if (this.waiting.length === 0) setTimeout(() => void this.flush(), 0)
      this.waiting.push({ method, params, settle, fail })
    })
    if (answer.error) throw new RpcError(answer.error.code, answer.error.message)
    return answer.result as T
  }

  private async flush(): Promise<void> {
    const waiting = this.waiting
    this.waiting = []
    for (let at = 0; at < waiting.length; at += MOST_CALLS)
      await this.send(waiting.slice(at, at + MOST_CALLS))
  }

  private async send(calls: Waiting[]): Promise<void> {
    try {
      const body = calls.map(({ method, params }, id) => ({ jsonrpc: '2.0', id, method, params }))
      const answers = await this.http.post<Answer[]>('/rpc', body)
      calls.forEach((call, at) => call.settle(answers[at]!))
    } catch (cause) {
      calls.forEach((call) => call.fail(cause))
    }
  }
}
