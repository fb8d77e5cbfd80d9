/** Identity: name the flat and its owner, then the code from the phone of the roll. */
import { noteEntered } from '@/api/entered'
import { ref } from 'vue'
import type { IdentityForm, Owner } from '@/api/types'
import { useServices } from '@/services'

export type ClaimState = 'idle' | 'sending' | 'failed'

const REMEMBERED = 'wanjia.claim'

/** Steps of one claim. Only its opaque token is remembered, for this tab: reading the code may close the page. */
export function useClaim(slug: string) {
  const { api } = useServices()
  const state = ref<ClaimState>('idle')
  const error = ref<unknown>()
  const slot = `${REMEMBERED}.${slug}`

  async function step<T>(call: () => Promise<T>): Promise<T | undefined> {
    state.value = 'sending'
    try {
      const answer = await call()
      state.value = 'idle'
      return answer
    } catch (cause) {
      error.value = cause
      state.value = 'failed'
      return undefined
    }
  }

  const token = (): string => sessionStorage.getItem(slot) ?? ''

  return {
    state,
    error,
    started: (): boolean => token() !== '',
    start: (form: Omit<IdentityForm, 'community'>) =>
      step(async () => {
        const { claim } = await api.claimIdentity({ ...form, community: slug })
        sessionStorage.setItem(slot, claim)
        return true
      }),
    enter: (code: string): Promise<Owner | undefined> =>
      step(async () => {
        const owner = await api.enterCode(token(), code)
        sessionStorage.removeItem(slot)
        noteEntered()
        return owner
      }),
    again: () => step(() => api.sendCodeAgain(token())),
    review: () => api.review(token()),
    askReview: (note: string, files: File[]) => step(() => api.askReview(token(), note, files)),
  }
}
