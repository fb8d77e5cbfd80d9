/** Hands a link to another device: by the phone's own sheet where there is one, else by the clipboard. */
import { ref } from 'vue'

export function useHandOver() {
  const canShare = matchMedia('(pointer: coarse)').matches && 'share' in navigator
  const copied = ref(false)

  /** Where neither is allowed nothing happens: the link stands on the page as well. */
  async function handOver(link: string): Promise<void> {
    copied.value = false
    try {
      if (canShare) await navigator.share({ url: link })
      else {
        await navigator.clipboard.writeText(link)
        copied.value = true
      }
    } catch {
      copied.value = false
    }
  }
  return { canShare, copied, handOver }
}
