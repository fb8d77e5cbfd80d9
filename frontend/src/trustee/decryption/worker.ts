/**
 * Recounts beside the page, then makes shares over the sums it added up itself.
 *
 * The page hands in what it knows and is told facts and shares; sums and secrets stay here.
 */
import { byHands } from '@/verifier/hands'
import { overHttp } from '@/verifier/rpc'
import { telling, type Progress } from '@/verifier/telling'
import type { Facts } from './facts'
import { recountFor, type Asker, type Recount } from './recount'
import { sharesOf } from './shares'

export type Order = { kind: 'recount'; rpc: string; asker: Asker } | { kind: 'share'; stage: 0 | 1 }
export type Told =
  | ({ kind: 'progress' } & Progress)
  | { kind: 'found'; facts: Facts; seconds: number }
  | { kind: 'made'; done: number; total: number }
  | { kind: 'shares'; words: bigint[][] }
  | { kind: 'failed'; reason: string }

let recount: Recount | undefined

self.onmessage = ({ data }: MessageEvent<Order>) => void obey(data)

async function obey(order: Order): Promise<void> {
  try {
    if (order.kind === 'recount') await count(order.rpc, order.asker)
    else tell({ kind: 'shares', words: share(order.stage) })
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

async function count(rpc: string, asker: Asker): Promise<void> {
  const started = performance.now()
  const { progress, waiting } = telling((how) => tell({ kind: 'progress', ...how }))
  recount = await recountFor(overHttp(rpc, { waiting }), asker, { progress, recover: byHands(progress) })
  tell({ kind: 'found', facts: recount.facts, seconds: (performance.now() - started) / 1000 })
}

function share(stage: 0 | 1): bigint[][] {
  if (!recount) throw new Error('shares before a recount')
  return sharesOf(recount, stage, (done, total) => tell({ kind: 'made', done, total }))
}

function tell(told: Told): void {
  self.postMessage(told)
}
