import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Unanswered, overHttp } from '@/verifier/rpc'

const busy = (after?: string) =>
  new Response('', { status: 429, headers: after ? { 'Retry-After': after } : {} })
const good = () => Response.json([{ id: 0, result: '0x1' }])
const question = [{ method: 'eth_chainId', params: [] }]

describe('a node that asks for a pause', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('is asked again when it said, and no attempt is used up', async () => {
    const answers = [busy('7'), busy('0'), busy('9999'), good()]
    vi.stubGlobal('fetch', async () => answers.shift())
    const waits: number[] = []
    const answer = overHttp('/rpc', { attempts: 1, waiting: (wait) => waits.push(wait) })(question)
    await vi.runAllTimersAsync()
    expect(await answer).toEqual([{ result: '0x1' }])
    expect(waits).toEqual([7000, 1000, 60_000])
  })

  it('is asked again as after any failure when it does not say when', async () => {
    const answers = [busy(), good()]
    vi.stubGlobal('fetch', async () => answers.shift())
    const waits: number[] = []
    const answer = overHttp('/rpc', { attempts: 2, waiting: (wait) => waits.push(wait) })(question)
    await vi.advanceTimersByTimeAsync(400)
    expect(await answer).toEqual([{ result: '0x1' }])
    expect(waits).toEqual([])
  })

  it('is given up when it never has enough', async () => {
    vi.stubGlobal('fetch', async () => busy('30'))
    const answer = overHttp('/rpc', { attempts: 2, longestWait: 90_000 })(question)
    const failed = expect(answer).rejects.toThrow(Unanswered)
    await vi.runAllTimersAsync()
    await failed
  })
})
