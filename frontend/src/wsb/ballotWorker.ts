/** Makes a secret ballot beside the page, so that the page goes on answering; told how far it is motion by motion. */
import type { Choice } from '@/chain/choices'
import type { Form } from './form'
import { makeBallot, type SecretBallot } from './proving'

export interface Order {
  form: Form
  voter: number
  choices: Choice[]
}
export type Told =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'done'; ballot: SecretBallot; seconds: number }
  | { kind: 'failed'; reason: string }

self.onmessage = ({ data }: MessageEvent<Order>) => {
  const started = performance.now()
  try {
    const progress = (done: number, total: number) => tell({ kind: 'progress', done, total })
    const ballot = makeBallot(data.form, data.voter, data.choices, { progress })
    tell({ kind: 'done', ballot, seconds: (performance.now() - started) / 1000 })
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

function tell(told: Told): void {
  self.postMessage(told)
}
