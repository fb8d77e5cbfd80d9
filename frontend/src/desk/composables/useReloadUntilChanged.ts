/** After an act is recorded the pages' own rows follow within seconds: read again until they do. */
import type { Load } from '@/composables/useLoad'

const TRIES = 10
const PAUSE_MS = 1_500

/** A function that reads `load` again until what `part` picks of it differs, at most a quarter of a minute. */
export function useReloadUntilChanged<T>(load: Load<T>, part: (value: T) => unknown): () => Promise<void> {
  const seen = () => JSON.stringify(load.value.value && part(load.value.value))
  return async () => {
    const before = seen()
    for (let tried = 0; tried < TRIES; tried += 1) {
      await load.reload()
      if (seen() !== before) return
      await new Promise((resume) => setTimeout(resume, PAUSE_MS))
    }
  }
}
