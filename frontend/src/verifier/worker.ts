/** Runs the verifier beside the page; signatures are recovered on all of the machine's cores. */
import { byHands } from './hands'
import { overHttp } from './rpc'
import { telling, type Progress } from './telling'
import { verify, type Report } from './verify'

export interface Order {
  rpc: string
  registry: string
  meeting?: number
}
export type Told =
  | ({ kind: 'progress' } & Progress)
  | { kind: 'done'; report: Report; seconds: number }
  | { kind: 'failed'; reason: string }

self.onmessage = ({ data }: MessageEvent<Order>) => void run(data)

async function run({ rpc, registry, meeting }: Order): Promise<void> {
  const started = performance.now()
  const { progress, waiting } = telling((how) => tell({ kind: 'progress', ...how }))
  try {
    const report = await verify(overHttp(rpc, { waiting }), registry, {
      meeting,
      progress,
      recover: byHands(progress),
    })
    tell({ kind: 'done', report, seconds: (performance.now() - started) / 1000 })
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

function tell(told: Told): void {
  self.postMessage(told)
}
