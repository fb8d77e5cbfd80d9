/** Runs the verifier beside the page; signatures are recovered on all of the machine's cores. */
import type { Address } from 'viem'
import type { Phase } from './chain'
import { overHttp } from './rpc'
import { recoverNow, type Signed } from './signatures'
import { verify, type Report } from './verify'

export interface Order {
  rpc: string
  registry: string
  meeting?: number
}
export type Told =
  | { kind: 'progress'; phase: Phase; done: number; total: number }
  | { kind: 'done'; report: Report; seconds: number }
  | { kind: 'failed'; reason: string }
type Found = (Address | undefined)[]

const PART = 512
const MOST_HANDS = 4

self.onmessage = ({ data }: MessageEvent<Order>) => void run(data)

async function run({ rpc, registry, meeting }: Order): Promise<void> {
  const started = performance.now()
  const progress = (phase: Phase, done: number, total: number) =>
    tell({ kind: 'progress', phase, done, total })
  try {
    const report = await verify(overHttp(rpc), registry, { meeting, progress, recover })
    tell({ kind: 'done', report, seconds: (performance.now() - started) / 1000 })
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

function tell(told: Told): void {
  self.postMessage(told)
}

/** Recover part by part, each hand taking the next part when it is done with one. */
async function recover(signed: Signed[]): Promise<Found> {
  const parts: Signed[][] = []
  for (let at = 0; at < signed.length; at += PART) parts.push(signed.slice(at, at + PART))
  const found: Found[] = []
  let [next, done] = [0, 0]
  const work = async (hand: (part: Signed[]) => Promise<Found>) => {
    while (next < parts.length) {
      const at = next++
      found[at] = await hand(parts[at]!)
      done += parts[at]!.length
      tell({ kind: 'progress', phase: 'signatures', done, total: signed.length })
    }
  }
  const count = Math.min(MOST_HANDS, navigator.hardwareConcurrency || 1, parts.length)
  if (count < 2 || typeof Worker === 'undefined') await work((part) => Promise.resolve(recoverNow(part)))
  else {
    const helpers = Array.from(
      { length: count },
      () => new Worker(new URL('./recovery.ts', import.meta.url), { type: 'module' }),
    )
    await Promise.all(helpers.map((helper) => work((part) => asked(helper, part))))
    helpers.forEach((helper) => helper.terminate())
  }
  return found.flat()
}

function asked(helper: Worker, part: Signed[]): Promise<Found> {
  return new Promise((resolve, reject) => {
    helper.onmessage = ({ data }: MessageEvent<Found>) => resolve(data)
    helper.onerror = ({ message }) => reject(new Error(message))
    helper.postMessage(part)
  })
}
