/** A secret ballot made in a worker of its own, as a promise. The worker's code is fetched when it is first asked. */
import type { SecretBallot } from './proving'
import type { Order, Told } from './worker'

export interface Wishes {
  /** Told after each motion: how many are done, of how many. */
  progress?: (done: number, total: number) => void
  /** Ends the work; the promise is then rejected with the signal's reason. */
  signal?: AbortSignal
}

/** The ballot of these choices, and the seconds that making it took. Rejected when there can be none. */
export function makeBeside(
  order: Order,
  { progress, signal }: Wishes = {},
): Promise<SecretBallot & { seconds: number }> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
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
