/** The decryption's worker as promises: one recount, then shares of what it found. */
import type { Progress } from '@/verifier/telling'
import type { Facts } from './facts'
import type { Asker } from './recount'
import type { Order, Told } from './worker'

/** How far something is. */
export type Step = Omit<Progress, 'phase'> & { phase: Progress['phase'] | 'shares' | 'sending' }
export interface Found {
  facts: Facts
  seconds: number
}

/** Counts and makes shares beside the page. */
export interface Beside {
  /** Rejected when the chain could not be read. */
  recount(rpc: string, asker: Asker, tell: (step: Step) => void): Promise<Found>
  /** Four words for each sum of a stage that the last recount found. */
  share(stage: 0 | 1, tell: (step: Step) => void): Promise<bigint[][]>
  end(): void
}

/** In a worker of its own; its code is fetched with the first recount. */
export function inWorker(): Beside {
  let worker: Worker | undefined
  const end = () => {
    worker?.terminate()
    worker = undefined
  }

  function asked<T>(order: Order, hear: (told: Told) => T | undefined): Promise<T> {
    worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    const asked = worker
    return new Promise((resolve, reject) => {
      asked.onerror = ({ message }) => reject(new Error(message))
      asked.onmessage = ({ data }: MessageEvent<Told>) => {
        if (data.kind === 'failed') return reject(new Error(data.reason))
        const answer = hear(data)
        if (answer !== undefined) resolve(answer)
      }
      asked.postMessage(order)
    })
  }

  return {
    end,
    recount: (rpc, asker, tell) => {
      end()
      return asked<Found>({ kind: 'recount', rpc, asker }, (told) => {
        if (told.kind === 'progress') tell(told)
        return told.kind === 'found' ? told : undefined
      })
    },
    share: (stage, tell) =>
      asked<bigint[][]>({ kind: 'share', stage }, (told) => {
        if (told.kind === 'made') tell({ phase: 'shares', done: told.done, total: told.total })
        return told.kind === 'shares' ? told.words : undefined
      }),
  }
}
