/** What a page is told of a long reading: how far it is, and for how long the node asked to be left alone. */
import type { Phase } from './chain'

export interface Progress {
  phase: Phase
  done: number
  total: number
  /** Seconds that the node asked to wait before it answers more; nothing while it answers. */
  wait?: number
}

/** Ways to tell progress and waits through one channel: a wait stands beside what was told last. */
export function telling(tell: (progress: Progress) => void) {
  let last: Progress = { phase: 'contracts', done: 0, total: 1 }
  return {
    progress: (phase: Phase, done: number, total: number) => tell((last = { phase, done, total })),
    waiting: (milliseconds: number) => tell({ ...last, wait: Math.ceil(milliseconds / 1000) }),
  }
}
