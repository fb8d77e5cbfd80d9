/** The auditor's pages, under /audit. `texts` names the locale file they need. */
import type { RouteRecordRaw } from 'vue-router'

const HASH = '(0x[0-9a-fA-F]{64})'

export const auditorRoutes: RouteRecordRaw[] = [
  {
    path: '/audit',
    meta: { texts: 'auditor' },
    children: [
      { path: '', name: 'audit', component: () => import('@/auditor/pages/CommunitiesPage.vue') },
      { path: 'search', name: 'auditSearch', component: () => import('@/auditor/pages/SearchPage.vue') },
      {
        path: `tx/:hash${HASH}`,
        name: 'auditTransaction',
        component: () => import('@/auditor/pages/TransactionPage.vue'),
      },
      {
        path: 'block/:block(\\d+)',
        name: 'auditBlock',
        component: () => import('@/auditor/pages/BlockPage.vue'),
      },
      {
        path: 'address/:address(0x[0-9a-fA-F]{40})',
        name: 'auditAddress',
        component: () => import('@/auditor/pages/AddressPage.vue'),
      },
      { path: ':slug', name: 'auditCommunity', component: () => import('@/auditor/pages/CommunityPage.vue') },
      {
        path: ':slug/m/:meeting(\\d+)',
        name: 'auditMeeting',
        component: () => import('@/auditor/pages/MeetingPage.vue'),
      },
      {
        path: ':slug/m/:meeting(\\d+)/verify',
        name: 'verify',
        component: () => import('@/auditor/pages/VerifyPage.vue'),
      },
      {
        path: 'verify/:registry(0x[0-9a-fA-F]{40})',
        name: 'verifyRegistry',
        component: () => import('@/auditor/pages/VerifyPage.vue'),
      },
      {
        path: ':slug/m/:meeting(\\d+)/roll',
        name: 'auditRoll',
        component: () => import('@/auditor/pages/RollPage.vue'),
      },
      {
        path: ':slug/v/:voter(\\d+)',
        name: 'auditVoter',
        component: () => import('@/auditor/pages/VoterPage.vue'),
      },
    ],
  },
]
