/** Checks what stands behind the # of the address, which no browser sends to a server. */
import { watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function useAddressCheck(check: (text: string) => Promise<void>) {
  const route = useRoute()
  const router = useRouter()
  const again = () => check(route.hash)
  watch(() => route.hash, check, { immediate: true })

  /** What is pasted goes into the address as well, so that the page can be kept; the same is checked again. */
  async function paste(text: string): Promise<void> {
    const hash = `#${text.trim().split('#').at(-1)}`
    if (hash === route.hash) await again()
    else await router.replace({ hash })
  }
  return { again, paste }
}
