/** A roll file's way at the desk: chosen, checked, looked at, imported. The server keeps what was checked. */
import { computed, onUnmounted, ref, shallowRef } from 'vue'
import { Problem, Unreachable } from '@/api/problem'
import { useRollApi, type CountingRule, type Upload } from '@/desk/api/rollApi'

/** `found`: checked, to be looked at and confirmed, or to be corrected. */
export type ImportStep = 'choose' | 'sending' | 'checking' | 'found' | 'importing' | 'imported' | 'refused'

const PAUSE_MS = 700
const STEPS = {
  checking: 'checking',
  checked: 'found',
  importing: 'importing',
  imported: 'imported',
  refused: 'refused',
} as const

export function useRollImport() {
  const api = useRollApi()
  const upload = shallowRef<Upload>()
  const error = shallowRef<unknown>()
  const sending = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const step = computed<ImportStep>(() => {
    if (sending.value) return 'sending'
    return upload.value ? STEPS[upload.value.state] : 'choose'
  })

  /** Check a file; nothing of the roll in force is changed. */
  const check = (file: File, rule: CountingRule) => guarded(() => api.upload(file, rule))

  /** Put the checked file in force. */
  async function confirm(): Promise<void> {
    const checked = upload.value
    if (!checked) return
    try {
      error.value = undefined
      take(await api.confirm(checked))
    } catch (cause) {
      error.value = cause
    }
  }

  /** Begin again with another file. */
  function again(): void {
    clearTimeout(timer)
    upload.value = error.value = undefined
  }

  async function guarded(send: () => Promise<Upload>): Promise<void> {
    again()
    sending.value = true
    try {
      take(await send())
    } catch (cause) {
      error.value = cause
    } finally {
      sending.value = false
    }
  }

  function take(now: Upload): void {
    upload.value = now
    if (now.state === 'checking' || now.state === 'importing') timer = setTimeout(ask, PAUSE_MS, now.upload)
  }

  /** A server out of reach says nothing about the work: it is asked again. */
  async function ask(number: number): Promise<void> {
    try {
      take(await api.uploaded(number))
    } catch (cause) {
      const passing = cause instanceof Unreachable || (cause instanceof Problem && cause.passing)
      if (passing) timer = setTimeout(ask, PAUSE_MS * 3, number)
      else error.value = cause
    }
  }
  onUnmounted(() => clearTimeout(timer))
  return { step, upload, error, check, confirm, again }
}
