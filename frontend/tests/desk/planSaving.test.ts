import { createApp, nextTick } from 'vue'
import { expect, it } from 'vitest'
import { usePlan } from '@/desk/composables/meetings/usePlan'
import { createServices, SERVICES } from '@/services'
import { memoryShelves } from '@/store/memory'

it('saves once for all that waited while a save was on its way, with the revision that follows', async () => {
  const server = { revision: 1, content: { title: '' } }
  const saved: number[] = []
  let answer: (() => void) | undefined
  globalThis.fetch = async (_path, asked) => {
    if (asked?.method === 'PUT') {
      const { revision, content } = JSON.parse(String(asked.body)) as typeof server
      await new Promise<void>((resolve) => (answer = resolve))
      saved.push(revision)
      if (revision !== server.revision) return Response.json({ code: 'PLAN_CHANGED' }, { status: 409 })
      Object.assign(server, { revision: revision + 1, content })
    }
    return Response.json({ plan: 1, ...server })
  }
  let desk!: ReturnType<typeof usePlan>
  const app = createApp({ setup: () => ((desk = usePlan(1)), () => null) })
  app.provide(
    SERVICES,
    createServices(memoryShelves(), () => 'zh-CN'),
  )
  app.mount(document.createElement('div'))
  await desk.load.settled
  const answered = async () => {
    await expect.poll(() => answer).toBeDefined()
    answer!()
    answer = undefined
  }

  desk.content.value!.title = 'first'
  await nextTick()
  const saves = [desk.save()]
  await expect.poll(() => answer).toBeDefined()
  desk.content.value!.title = 'second'
  await nextTick()
  saves.push(desk.save(), desk.save())
  await answered()
  await answered()
  await Promise.all(saves)
  expect([saved, desk.state.value, server.content.title]).toEqual([[1, 2], 'saved', 'second'])
  app.unmount()
})
