/** The member of staff at this desk. */
import { computed } from 'vue'
import { useDeskApi } from '@/desk/api/deskApi'
import type { LoginForm, Role, Staff } from '@/desk/api/types'
import { beginSession, endSession, session } from './session'

export function useStaff() {
  const api = useDeskApi()
  /** Who is logged in; `undefined` while nobody is (pages inside `DeskFrame` are shown only to somebody). */
  const staff = computed<Staff | undefined>(() =>
    session.value.state === 'in' ? session.value.staff : undefined,
  )
  /** Slug of the community the desk is about; empty for the operator. */
  const community = computed(() => staff.value?.community ?? '')
  const hasRole = (...roles: readonly Role[]): boolean => !!staff.value && roles.includes(staff.value.role)

  async function logIn(form: LoginForm): Promise<void> {
    beginSession(await api.logIn(form))
  }

  async function logOut(): Promise<void> {
    await api.logOut()
    endSession()
  }
  return { staff, community, hasRole, logIn, logOut }
}
