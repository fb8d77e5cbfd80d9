import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, defineComponent } from 'vue'
import { useLive } from '@/composables/useLive'
import { useLoad, type LiveLoad } from '@/composables/useLoad'

const PACE = { first: 1_000, longest: 2_000 }

/** Run `setup` in a page; gives how to leave it. */
function page(setup: () => void): () => void {
  const app = createApp(defineComponent({ setup, render: () => null }))
  app.mount(document.createElement('div'))
  return () => app.unmount()
}

function inView(state: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  inView('visible')
  vi.useRealTimers()
})

describe('a page that waits', () => {
  it('asks again with growing pauses while it is wanted, and stops when it is left', async () => {
    const asked: number[] = []
    let wanted = true
    const leave = page(() =>
      useLive(
        async () => (asked.push(Date.now()), true),
        () => wanted,
        PACE,
      ),
    )
    const begin = Date.now()
    await vi.advanceTimersByTimeAsync(2_300)
    expect(asked.map((at) => at - begin)).toEqual([1_000, 2_250])
    wanted = false
    await vi.advanceTimersByTimeAsync(10_000)
    expect(asked.length).toBe(2)
    wanted = true
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked.length).toBe(3)
    leave()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked.length).toBe(3)
  })

  it('rests out of view and asks at once when it is back', async () => {
    let asked = 0
    const leave = page(() =>
      useLive(
        async () => (asked++, true),
        () => true,
        PACE,
      ),
    )
    inView('hidden')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toBe(0)
    inView('visible')
    await vi.advanceTimersByTimeAsync(0)
    expect(asked).toBe(1)
    leave()
  })

  it('waits longer for a server that does not answer', async () => {
    let asked = 0
    const leave = page(() =>
      useLive(
        async () => (asked++, false),
        () => true,
        PACE,
      ),
    )
    await vi.advanceTimersByTimeAsync(1_000 + 2_000 + 4_000 + 8_000)
    expect(asked).toBe(4)
    leave()
  })
})

describe('reading again', () => {
  it('keeps what is shown when nobody asked for it, and says so when somebody did', async () => {
    let answer: () => Promise<number> = async () => 1
    let load!: LiveLoad<number>
    const leave = page(() => void (load = useLoad(() => answer())))
    await vi.advanceTimersByTimeAsync(0)
    expect([load.state.value, load.value.value]).toEqual(['ready', 1])
    answer = () => Promise.reject(new Error('away'))
    expect(await load.refresh()).toBe(false)
    expect([load.state.value, load.value.value]).toEqual(['ready', 1])
    await load.reload()
    expect(load.state.value).toBe('failed')
    answer = async () => 2
    expect(await load.refresh()).toBe(true)
    expect([load.state.value, load.value.value]).toEqual(['ready', 2])
    leave()
  })

  it('does not let a late answer take the place of a newer one', async () => {
    const waiting: ((value: number) => void)[] = []
    let load!: LiveLoad<number>
    const leave = page(() => void (load = useLoad(() => new Promise<number>((done) => waiting.push(done)))))
    const again = load.reload()
    waiting[1]!(2)
    await again
    waiting[0]!(1)
    await vi.advanceTimersByTimeAsync(0)
    expect(load.value.value).toBe(2)
    leave()
  })
})
