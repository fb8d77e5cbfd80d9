/** Leaves for later what no page waits for. */

const AT_THE_LATEST_MS = 3_000

/** Do `work` when the page has been drawn and nothing else is asked of the phone, soon in any case. */
export function whenIdle(work: () => void): void {
  // Safari has no requestIdleCallback
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: AT_THE_LATEST_MS })
  else setTimeout(work, AT_THE_LATEST_MS / 10)
}

/** Let the phone answer to a finger and draw before the work goes on: a slow one would stand still for a while. */
export const breath = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
