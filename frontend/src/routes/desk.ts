/** The pages of committee, supervisor and operator, under /desk. `texts` names the locale file they need. */
import type { NavigationGuardWithThis, RouteRecordRaw } from 'vue-router'
import type { Role } from '@/desk/api/types'
import { useServices } from '@/services'
import { rollPages } from './deskRoll'
import { meetingPages } from './deskMeetings'

declare module 'vue-router' {
  interface RouteMeta {
    /** Who may open a page of the desk; everybody who is logged in unless said. */
    roles?: readonly Role[]
  }
}

const OFFICIALS: readonly Role[] = ['committee', 'supervisor']

const onlyStaff: NavigationGuardWithThis<undefined> = async (to) => {
  const { http } = useServices()
  const { admit } = await import('@/desk/composables/admit')
  return admit(http, to)
}

const pages: RouteRecordRaw[] = [
  { path: '', name: 'deskHome', component: () => import('@/desk/pages/HomePage.vue') },
  ...rollPages,
  ...meetingPages,
  {
    path: 'reviews',
    name: 'deskReviews',
    component: () => import('@/desk/pages/ReviewsPage.vue'),
    meta: { roles: ['supervisor'] },
  },
  {
    path: 'reviews/:review(\\d+)',
    name: 'deskReview',
    component: () => import('@/desk/pages/ReviewPage.vue'),
    meta: { roles: ['supervisor'] },
  },
  {
    path: 'key-changes',
    name: 'deskKeyChanges',
    component: () => import('@/desk/pages/KeyChangesPage.vue'),
    meta: { roles: ['supervisor', 'operator'] },
  },
  {
    path: 'people',
    name: 'deskPeople',
    component: () => import('@/desk/pages/PeoplePage.vue'),
    meta: { roles: [...OFFICIALS, 'operator'] },
  },
  {
    path: 'log',
    name: 'deskLog',
    component: () => import('@/desk/pages/LogPage.vue'),
    meta: { roles: [...OFFICIALS, 'operator'] },
  },
  {
    path: 'key',
    name: 'deskKey',
    component: () => import('@/desk/pages/OfficialKeyPage.vue'),
    meta: { roles: OFFICIALS },
  },
]

export const deskRoutes: RouteRecordRaw[] = [
  {
    path: '/desk/login',
    name: 'deskLogin',
    component: () => import('@/desk/pages/LoginPage.vue'),
    meta: { texts: 'desk' },
  },
  {
    path: '/desk',
    meta: { texts: 'desk' },
    children: pages.map((page) => ({ ...page, beforeEnter: onlyStaff })),
  },
]
