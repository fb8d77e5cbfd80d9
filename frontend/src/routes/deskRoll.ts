/** The desk's pages of the roll and of following a meeting. */
import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/desk/api/types'

const OFFICIALS: readonly Role[] = ['committee', 'supervisor']
const TEXTS = ['desk', 'roll'] as const
const MEETING = 'meetings/:meeting(\\d+)'

export const rollPages: RouteRecordRaw[] = [
  {
    path: 'roll',
    name: 'deskRoll',
    component: () => import('@/desk/pages/RollPage.vue'),
    meta: { roles: OFFICIALS, texts: TEXTS },
  },
  {
    path: 'roll/import',
    name: 'deskRollImport',
    component: () => import('@/desk/pages/RollImportPage.vue'),
    meta: { roles: ['committee'], texts: TEXTS },
  },
  {
    path: `${MEETING}/roll`,
    name: 'deskMeetingRoll',
    component: () => import('@/desk/pages/RollMeetingPage.vue'),
    meta: { roles: OFFICIALS, texts: TEXTS },
  },
  {
    path: `${MEETING}/follow`,
    name: 'desk-follow',
    component: () => import('@/desk/pages/FollowPage.vue'),
    meta: { roles: OFFICIALS, texts: TEXTS },
  },
]
