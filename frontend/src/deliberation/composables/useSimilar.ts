/** Like concerns while somebody writes: asked when the typing pauses, and only of enough words. */
import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ConcernApi, SimilarConcern } from '../api'

const PAUSE_MS = 600
const LEAST = 4

export function useSimilar(api: Pick<ConcernApi, 'similar'>, text: () => string) {
  const found = shallowRef<SimilarConcern[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0

  async function ask(words: string): Promise<void> {
    const turn = ++latest
    // what is alike is a help: without an answer one goes on writing
    const answer = await api.similar(words).catch(() => [])
    if (turn === latest) found.value = answer
  }
  watch(text, (typed) => {
    clearTimeout(timer)
    const words = typed.trim()
    if (words.length < LEAST) {
      latest++
      found.value = []
    } else timer = setTimeout(() => void ask(words), PAUSE_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return { found }
}
