/** Who is logged in at this desk, for the whole app; what changes it is in `useStaff`. */
import { readonly, shallowRef } from 'vue'
import { Problem } from '@/api/problem'
import type { DeskHttp } from '@/desk/api/deskHttp'
import type { Staff } from '@/desk/api/types'

export type Session = { state: 'unknown' | 'out' } | { state: 'in'; staff: Staff }

const current = shallowRef<Session>({ state: 'unknown' })

/** The session as it is known now. */
export const session = readonly(current)

/** Somebody is logged in. */
export function beginSession(staff: Staff): void {
  current.value = { state: 'in', staff }
}

/** Nobody is. */
export function endSession(): void {
  current.value = { state: 'out' }
}

/** Ask the server, once, who is logged in. Throws when it cannot be reached. */
export async function recallSession(http: Pick<DeskHttp, 'get'>): Promise<Session> {
  if (current.value.state === 'unknown') {
    try {
      beginSession(await http.get<Staff>('/staff/me'))
    } catch (cause) {
      if (!(cause instanceof Problem && cause.status === 401)) throw cause
      endSession()
    }
  }
  return current.value
}
