/** A concern that is being written: kept on the phone over a reload, and sent once however often the network fails. */
import { ref, shallowRef, watch } from 'vue'
import { useServices } from '@/services'
import type { Concern, ConcernApi, ConcernKind, NewConcern, Resident } from '../api'

/** What is kept; photographs are not: they stay where the phone keeps its own. */
export type ConcernDraft = Omit<NewConcern, 'kind' | 'title'> & { kind: ConcernKind | '' }
export type SendingState = 'writing' | 'sending' | 'failed' | 'sent'

const TITLE = 60
const SENTENCE = /^[^。！？!?\n]+/

const fresh = (): ConcernDraft => ({
  request: crypto.randomUUID(),
  kind: '',
  text: '',
  building: '',
  entrance: '',
  place: '',
  public: true,
  urgent: false,
})

/** The first sentence, as long as a title may be. */
export const titleOf = (text: string): string =>
  (SENTENCE.exec(text.trim())?.[0] ?? '').trim().slice(0, TITLE)

/** Whether what was received is not what was sent last. */
const differs = (received: Concern, sent: NewConcern): boolean =>
  received.text !== sent.text.trim() ||
  (['kind', 'building', 'entrance', 'place', 'public', 'urgent'] as const).some(
    (field) => received[field] !== undefined && received[field] !== sent[field],
  )

export function useNewConcern(slug: string, api: Pick<ConcernApi, 'raise'>) {
  const shelf = useServices().shelves.shelf<ConcernDraft>('views')
  const id = `${slug}/new-concern`
  const draft = ref<ConcernDraft>(fresh())
  const photos = shallowRef<Blob[]>([])
  const state = ref<SendingState>('writing')
  const error = shallowRef<unknown>()
  const raised = shallowRef<Concern>()
  /** An earlier try had arrived: what counts is what was written then. */
  const earlier = ref(false)
  let begun = false

  /** Take up what was written before; else begin at the resident's own door. */
  async function begin({ building, entrance }: Pick<Resident, 'building' | 'entrance'>): Promise<void> {
    const kept = await shelf.get(id).catch(() => undefined)
    draft.value = kept ?? { ...fresh(), building, entrance }
    begun = true
  }
  watch(
    draft,
    (now) => {
      if (begun && state.value !== 'sent') void shelf.put(id, { ...now }).catch(() => undefined)
    },
    { deep: true },
  )

  async function send(): Promise<void> {
    const { kind, ...rest } = draft.value
    const title = titleOf(rest.text)
    if (!kind || !title || state.value === 'sending' || state.value === 'sent') return
    state.value = 'sending'
    error.value = undefined
    try {
      raised.value = await api.raise({ ...rest, kind, title }, photos.value)
      earlier.value = differs(raised.value, { ...rest, kind, title })
      state.value = 'sent'
      await shelf.remove(id).catch(() => undefined)
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
    }
  }
  return { draft, photos, state, error, raised, earlier, begin, send }
}
