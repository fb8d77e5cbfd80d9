/** What stands in the desk's menu: the first page of each subject, for the roles that may use it. */
import type { Role } from '@/desk/api/types'

export interface MenuLine {
  /** Name of the subject's first page; the pages whose addresses begin with its own belong to it. */
  route: string
  /** Key of the text. */
  text: string
  roles: readonly Role[]
}

export const MENU: readonly MenuLine[] = [
  { route: 'deskHome', text: 'desk.home', roles: ['committee', 'supervisor', 'clerk'] },
  { route: 'deskHome', text: 'system.title', roles: ['operator'] },
  { route: 'deskMeetings', text: 'desk.meetings', roles: ['committee', 'supervisor'] },
  { route: 'deskRoll', text: 'desk.roll', roles: ['committee', 'supervisor'] },
  { route: 'deskReviews', text: 'reviews.title', roles: ['supervisor'] },
  { route: 'deskKeyChanges', text: 'keyChange.title', roles: ['supervisor', 'operator'] },
  { route: 'deskPeople', text: 'staff.title', roles: ['committee', 'supervisor', 'operator'] },
  { route: 'deskLog', text: 'log.title', roles: ['committee', 'supervisor', 'operator'] },
  { route: 'deskKey', text: 'desk.key', roles: ['committee', 'supervisor'] },
]
