/** A secret ballot made in a worker of its own, as a promise. The worker's code is fetched when it is first asked. */
import type { SecretBallot } from './proving'
import type { Order, Told } from './ballotWorker'

export interface Wishes {
  /** Told after each motion: how many are done, of how many. */
  progress?: (done: number, total: number) => void
  /** Ends the work; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal
}

/** A worker that waits: its code is here, whatever becomes of the network. */
let waiting: Worker | undefined

const start = () => new Worker(new URL('./ballotWorker.ts', import.meta.url), { type: 'module' })

/** Fetch the worker's code ahead; the next ballot is made by what was fetched. */
export function prepareBeside(): void {
  if (waiting) return
  const worker = (waiting = start())
  worker.onerror = () => {
    if (waiting === worker) waiting = undefined
  }
}

/** The ballot of these choices, and the seconds that making it took. Rejected when there can be none. */
export function makeBeside(
  order: Order,
  { progress, signal }: Wishes = {},
): Promise<SecretBallot & { seconds: number }> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const worker = waiting ?? start()
    waiting = undefined
    const end = () => {
      worker.terminate()
      signal?.removeEventListener('abort', stop)
    }
    const fail = (reason: unknown) => {
      end()
      reject(reason instanceof Error ? reason : new Error(String(reason)))
    }
    const stop = () => fail(signal?.reason)
    signal?.addEventListener('abort', stop)
    worker.onerror = ({ message }) => fail(message)
    worker.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'progress') return progress?.(data.done, data.total)
      if (data.kind === 'failed') return fail(data.reason)
      end()
      resolve({ ...data.ballot, seconds: data.seconds })
    }
    worker.postMessage(order)
  })
}
