/**
 * Reads a waiting page's data again by itself, through `useLoad`.
 *
 * No query library: these pages share no cache, and 12 KB would be a tenth of an owner’s first load.
 */
import { onUnmounted } from 'vue'

export interface Pace {
  /** Pause after something was asked for or came into view, milliseconds. */
  first: number
  /** Longest pause while all goes well. */
  longest: number
}

const PACE: Pace = { first: 4_000, longest: 30_000 }
const LONGEST_WITHOUT_ANSWER = 120_000

/** Call `refresh` as long as `wanted` says so and the page is in view; pauses grow, faster without an answer. */
export function useLive(refresh: () => Promise<boolean>, wanted: () => boolean, pace: Pace = PACE): void {
  let pause = pace.first
  let timer: ReturnType<typeof setTimeout> | undefined
  let left = false

  function wait(): void {
    clearTimeout(timer)
    if (!left && document.visibilityState === 'visible') timer = setTimeout(() => void ask(), pause)
  }
  async function ask(): Promise<void> {
    if (wanted()) {
      const answered = await refresh()
      pause = answered ? Math.min(pause * 1.25, pace.longest) : Math.min(pause * 2, LONGEST_WITHOUT_ANSWER)
    }
    wait()
  }
  function seen(): void {
    clearTimeout(timer)
    if (document.visibilityState !== 'visible') return
    pause = pace.first
    void ask()
  }
  document.addEventListener('visibilitychange', seen)
  addEventListener('online', seen)
  onUnmounted(() => {
    left = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', seen)
    removeEventListener('online', seen)
  })
  wait()
}
