/** The pages of a secret meeting's trustees. */
import type { RouteRecordRaw } from 'vue-router'

const AT = '/c/:slug/m/:meeting(\\d+)/trustee'
const meta = { texts: ['trustee', 'decryption', 'auditor'] } as const

export const trusteeRoutes: RouteRecordRaw[] = [
  { path: AT, name: 'trustee', component: () => import('@/trustee/pages/TrusteePage.vue'), meta },
  {
    path: `${AT}/rehearsal`,
    name: 'rehearsal',
    component: () => import('@/trustee/pages/RehearsalPage.vue'),
    meta,
  },
]
