/** Chain time, going on by this device's clock since it was last told; UTC seconds. */
import { onUnmounted, ref, type Ref } from 'vue'

const SECOND_MS = 1_000

/** Starts at `told` and moves every second while the component lives. */
export function useChainClock(told: number): Ref<number> {
  const began = performance.now()
  const now = ref(told)
  const timer = setInterval(() => {
    now.value = told + Math.floor((performance.now() - began) / SECOND_MS)
  }, SECOND_MS)
  onUnmounted(() => clearInterval(timer))
  return now
}
