/** One list of concerns: what is asked for, the pages read so far, and more of them. */
import { ref, shallowRef, watch } from 'vue'
import { useLoad } from '@/composables/useLoad'
import type { ConcernApi, ConcernKind, ConcernLine, ConcernList } from '../api'

export function useConcernList(api: Pick<ConcernApi, 'list'>) {
  const state = ref<ConcernList>('open')
  const kind = ref<ConcernKind | ''>('')
  const sort = ref<'new' | 'supported'>('new')
  const lines = shallowRef<ConcernLine[]>([])
  const total = ref(0)
  let page = 1

  async function read(at: number): Promise<ConcernLine[]> {
    const asked = [state.value, kind.value, sort.value].join()
    const found = await api.list(state.value, kind.value, sort.value, at)
    // an answer to what is not asked any more
    if (asked !== [state.value, kind.value, sort.value].join()) return lines.value
    page = at
    total.value = found.total
    const before = at === 1 ? [] : lines.value
    const known = new Set(before.map(({ number }) => number))
    return (lines.value = [...before, ...found.concerns.filter(({ number }) => !known.has(number))])
  }
  const load = useLoad(() => read(1))
  /** Whether what is asked for now is not there yet. */
  const pending = ref(false)
  watch([state, kind, sort], async () => {
    lines.value = []
    pending.value = true
    await load.reload()
    pending.value = false
  })
  return { state, kind, sort, lines, total, load, pending, more: () => read(page + 1) }
}
