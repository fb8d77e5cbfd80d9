/** The log, a page at a time; another filter begins again. */
import { reactive, ref, shallowRef, watch } from 'vue'
import { useLoad } from '@/composables/useLoad'
import { usePeopleApi, type LogFilter, type LogLine } from '@/desk/api/peopleApi'
import { useDeed } from './useDeed'

export function useLog() {
  const api = usePeopleApi()
  const filter = reactive<LogFilter>({ username: '', action: '' })
  const lines = shallowRef<readonly LogLine[]>([])
  const next = ref<number>()
  const more = useDeed()
  const load = useLoad(async () => {
    const page = await api.log(filter)
    lines.value = page.entries
    next.value = page.next ?? undefined
    return page
  })
  watch(filter, load.reload)

  /** Fetch the page after the last one shown. */
  async function goOn(): Promise<void> {
    await more.run(async () => {
      const page = await api.log(filter, next.value)
      lines.value = [...lines.value, ...page.entries]
      next.value = page.next ?? undefined
    })
  }
  return { filter, goOn, lines, load, more, next }
}
