/** The pages of a community's concerns: residents raise, read and support them. */
import type { RouteRecordRaw } from 'vue-router'

const meta = { texts: 'deliberation' } as const

export const deliberationRoutes: RouteRecordRaw[] = [
  {
    path: '/c/:slug/concerns',
    name: 'concerns',
    component: () => import('@/deliberation/pages/ConcernsPage.vue'),
    meta,
  },
  {
    path: '/c/:slug/concerns/new',
    name: 'newConcern',
    component: () => import('@/deliberation/pages/NewConcernPage.vue'),
    meta,
  },
  {
    path: '/c/:slug/concerns/:number(\\d+)',
    name: 'concern',
    component: () => import('@/deliberation/pages/ConcernPage.vue'),
    meta,
  },
]
