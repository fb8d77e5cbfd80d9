/** What stands in the desk's menu: the first page of each subject, for the roles that may use it. */
import type { Role } from '@/desk/api/types'

export interface MenuLine {
  /** Name of the route; its pages below it start with the same name. */
  route: string
  /** Key of the text. */
  text: string
  roles: readonly Role[]
}

export const MENU: readonly MenuLine[] = [
  { route: 'deskHome', text: 'desk.home', roles: ['committee', 'supervisor', 'operator', 'clerk'] },
  { route: 'deskKey', text: 'desk.key', roles: ['committee', 'supervisor'] },
]
