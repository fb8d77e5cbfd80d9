import { createApp, nextTick } from 'vue'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Concern, NewConcern } from '@/deliberation/api'
import { titleOf, useNewConcern } from '@/deliberation/composables/useNewConcern'
import { useSimilar } from '@/deliberation/composables/useSimilar'
import { createServices, SERVICES, type Services } from '@/services'
import { memoryShelves } from '@/store/memory'

const HOME = { building: '3', entrance: '1' }

describe('a concern that is written on the phone', () => {
  let services: Services
  let sent: NewConcern[]
  let answers: (() => Promise<Concern>)[]

  beforeEach(() => {
    services = createServices(memoryShelves(), () => 'zh-CN')
    ;[sent, answers] = [[], []]
  })

  /** A page that writes; what it sends is answered in turn. */
  async function page(): Promise<ReturnType<typeof useNewConcern>> {
    let writing!: ReturnType<typeof useNewConcern>
    const raise = (concern: NewConcern) => {
      sent.push(concern)
      return answers.shift()!()
    }
    const app = createApp({ setup: () => ((writing = useNewConcern('yard', { raise })), () => null) })
    app.provide(SERVICES, services).mount(document.createElement('div'))
    await writing.begin(HOME)
    return writing
  }

  it('begins at the own door, and goes on after a reload with what was written, under the same name', async () => {
    const first = await page()
    expect(first.draft.value).toMatchObject({ ...HOME, public: true, urgent: false })
    first.draft.value.text = '门禁坏了。已经三天。'
    await nextTick()
    const again = await page()
    expect(again.draft.value).toEqual(first.draft.value)
  })

  it('is sent again under the same name after a failure, and once it is there no more', async () => {
    const writing = await page()
    Object.assign(writing.draft.value, { text: '门禁坏了。已经三天。', kind: 'repair' })
    answers = [
      () => Promise.reject(new TypeError('no network')),
      () => Promise.resolve({ number: 7, text: '门禁坏了。已经三天。' } as Concern),
    ]
    await writing.send()
    expect(writing.state.value).toBe('failed')
    await writing.send()
    await writing.send()
    expect(writing.raised.value?.number).toBe(7)
    expect(sent).toHaveLength(2)
    expect(sent[0]).toEqual(sent[1])
    expect(sent[0]).toMatchObject({ title: '门禁坏了', text: '门禁坏了。已经三天。', kind: 'repair' })
    expect((await page()).draft.value.text).toBe('')
  })

  it('says so when an earlier try had arrived with other words', async () => {
    const writing = await page()
    Object.assign(writing.draft.value, { text: '门禁坏了', kind: 'repair' })
    answers = [
      () => Promise.reject(new TypeError('no answer')),
      () => Promise.resolve({ number: 7, text: '门禁坏了' } as Concern),
    ]
    await writing.send()
    writing.draft.value.text = '门禁坏了四天'
    await writing.send()
    expect([writing.state.value, writing.earlier.value]).toEqual(['sent', true])
  })

  it('is not sent without a kind or words', async () => {
    const writing = await page()
    writing.draft.value.text = '。。'
    writing.draft.value.kind = 'repair'
    await writing.send()
    Object.assign(writing.draft.value, { text: '门禁坏了', kind: '' })
    await writing.send()
    expect(sent).toEqual([])
  })

  it('takes its first sentence for a title, as long as one may be', () => {
    expect(titleOf('  电梯又停了！快来')).toBe('电梯又停了')
    expect(titleOf('长'.repeat(80))).toHaveLength(60)
    expect(titleOf('。')).toBe('')
  })
})

describe('like concerns', () => {
  it('are asked for when the typing pauses, and an answer that comes late is left', async () => {
    vi.useFakeTimers()
    const asked: string[] = []
    const answers: ((found: never[]) => void)[] = []
    const similar = (text: string) => {
      asked.push(text)
      return new Promise<never[]>((resolve) => answers.push(resolve))
    }
    const { ref } = await import('vue')
    const text = ref('')
    let found!: ReturnType<typeof useSimilar>['found']
    createApp({ setup: () => (({ found } = useSimilar({ similar }, () => text.value)), () => null) }).mount(
      document.createElement('div'),
    )
    for (const typed of ['门', '门禁', '门禁坏了', '门禁坏了三天']) {
      text.value = typed
      await nextTick()
      vi.advanceTimersByTime(300)
    }
    vi.advanceTimersByTime(600)
    expect(asked).toEqual(['门禁坏了三天'])
    text.value = '门禁坏了三天，没有人修'
    await nextTick()
    vi.advanceTimersByTime(600)
    answers[1]!(['second'] as never[])
    answers[0]!(['first'] as never[])
    vi.useRealTimers()
    await vi.waitFor(() => expect(found.value).toEqual(['second']))
  })
})
