/** A convening that is on its way is waited for, also when it was signed before the page was opened. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, createApp, type App } from 'vue'
import { beginSession } from '@/desk/composables/session'
import { useConvened } from '@/desk/composables/meetings/useConvened'
import type { Plan } from '@/desk/api/meetingsApi'
import { createServices, SERVICES } from '@/services'
import { memoryShelves } from '@/store/memory'

let answers: { meeting: number | null; signed: boolean }[]
let waiting: ReturnType<typeof useConvened>
let app: App

/** Open the page of a plan. */
function open(signed: boolean): void {
  const plan = computed(() => ({ plan: 5, meeting: null, signed }) as unknown as Plan)
  app = createApp({ setup: () => ((waiting = useConvened(plan)), () => null) })
  app.provide(
    SERVICES,
    createServices(memoryShelves(), () => 'zh-CN'),
  )
  app.mount(document.createElement('div'))
}

describe('a convening that is signed', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    beginSession({ username: 'committee@yard', role: 'committee', community: 'yard', address: null })
    globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify(answers.shift()), { status: 200 }))
  })
  afterEach(() => {
    app.unmount()
    vi.useRealTimers()
  })

  it('is waited for after a reload, until the meeting has its number', async () => {
    answers = [
      { meeting: null, signed: true },
      { meeting: 7, signed: true },
    ]
    open(true)
    await vi.advanceTimersByTimeAsync(0)
    expect([waiting.awaited.value, waiting.meeting.value]).toEqual([true, null])
    await vi.advanceTimersByTimeAsync(1_000)
    expect([waiting.awaited.value, waiting.meeting.value]).toEqual([false, 7])
  })

  it('is given up when it was refused, so that the plan can be changed again', async () => {
    answers = [{ meeting: null, signed: false }]
    open(true)
    await vi.advanceTimersByTimeAsync(0)
    expect([waiting.awaited.value, waiting.meeting.value]).toEqual([false, null])
  })

  it('is not waited for before anybody signed', () => {
    answers = []
    open(false)
    expect(waiting.awaited.value).toBe(false)
  })
})
