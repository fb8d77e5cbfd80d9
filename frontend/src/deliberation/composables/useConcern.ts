/** One concern and what a reader does with it: each deed is answered by the concern as it is then. */
import { useLoad } from '@/composables/useLoad'
import { useDeed } from '@/desk/composables/useDeed'
import type { Concern, ConcernApi } from '../api'

export function useConcern(api: ConcernApi, number: number) {
  const load = useLoad(async () => read(await api.concern(number)))
  const { error, run, state } = useDeed()

  /** Note that it was read up to its last entry; where that fails it stays marked as new. */
  function read(concern: Concern): Concern {
    const last = concern.entries.at(-1)
    if (concern.following && concern.unread && last) void api.seen(number, last.id).catch(() => undefined)
    return concern
  }
  const act = (deed: () => Promise<Concern>): Promise<boolean> =>
    run(async () => {
      load.value.value = await deed()
    })
  return { load, act, state, error }
}
