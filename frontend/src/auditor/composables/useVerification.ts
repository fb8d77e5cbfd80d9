/** One run of the verifier beside the page: how far it is, what it found, and a way to stop it. */
import { onScopeDispose, shallowRef } from 'vue'
import type { Progress } from '@/verifier/telling'
import type { Report } from '@/verifier/verify'
import type { Order, Told } from '@/verifier/worker'

export type VerificationState = 'running' | 'done' | 'stopped' | 'failed'

export function useVerification() {
  const state = shallowRef<VerificationState>('running')
  const step = shallowRef<Progress>({ phase: 'contracts', done: 0, total: 1 })
  const report = shallowRef<Report>()
  const seconds = shallowRef(0)
  const reason = shallowRef('')
  let worker: Worker | undefined

  function end(to: VerificationState): void {
    worker?.terminate()
    worker = undefined
    state.value = to
  }

  function start(order: Order): void {
    end('running')
    report.value = undefined
    step.value = { phase: 'contracts', done: 0, total: 1 }
    worker = new Worker(new URL('../../verifier/worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Told>) => hear(data)
    worker.onerror = ({ message }) => fail(message)
    worker.postMessage(order)
  }

  function hear(told: Told): void {
    if (told.kind === 'progress') step.value = told
    else if (told.kind === 'failed') fail(told.reason)
    else {
      report.value = told.report
      seconds.value = told.seconds
      end('done')
    }
  }

  function fail(why: string): void {
    reason.value = why
    end('failed')
  }

  onScopeDispose(() => worker?.terminate())
  return { state, step, report, seconds, reason, start, stop: () => end('stopped') }
}
export type Verification = ReturnType<typeof useVerification>
