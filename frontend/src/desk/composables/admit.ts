/** Who may open a page of the desk. The server checks every request by itself. */
import type { NavigationGuardReturn, RouteLocationNormalized } from 'vue-router'
import type { Http } from '@/api/http'
import { recallSession } from './session'

/** Send whoever is not logged in to the log-in and back afterwards, and whoever has another role home. */
export async function admit(http: Http, to: RouteLocationNormalized): Promise<NavigationGuardReturn> {
  const login = { name: 'deskLogin', query: { next: to.fullPath } }
  try {
    const session = await recallSession(http)
    if (session.state !== 'in') return login
    const { roles } = to.meta
    return !roles || roles.includes(session.staff.role) ? true : { name: 'deskHome' }
  } catch {
    return login // the log-in page asks again and says that the server is not reached
  }
}
