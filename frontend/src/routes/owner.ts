/** The owner's pages. */
import type { RouteRecordRaw } from 'vue-router'
// The way of a ballot is there at once: it must go on when the network goes away in the middle.
// So are the two pages that links lead to from outside: theirs would be a second journey on a slow network.
import CommunityPage from '@/owner/pages/CommunityPage.vue'
import ConfirmPage from '@/owner/pages/ConfirmPage.vue'
import IdentityPage from '@/owner/pages/IdentityPage.vue'
import MeetingPage from '@/owner/pages/MeetingPage.vue'
import ReceiptPage from '@/owner/pages/ReceiptPage.vue'
import ResultPage from '@/owner/pages/ResultPage.vue'
import VotePage from '@/owner/pages/VotePage.vue'

const MEETING = 'm/:meeting(\\d+)'

export const ownerRoutes: RouteRecordRaw[] = [
  { path: '/', name: 'communities', component: () => import('@/owner/pages/CommunitiesPage.vue') },
  { path: '/outbox', name: 'outbox', component: () => import('@/owner/pages/OutboxPage.vue') },
  {
    path: '/trust',
    name: 'trust',
    component: () => import('@/owner/pages/TrustPage.vue'),
    meta: { texts: 'lan' },
  },
  {
    path: '/opened',
    name: 'opened',
    component: () => import('@/owner/pages/OpenedPage.vue'),
    meta: { texts: 'opened' },
  },
  {
    path: '/secrecy',
    name: 'secrecy',
    component: () => import('@/owner/pages/SecrecyPage.vue'),
    meta: { texts: 'secrecy' },
  },
  { path: '/check', name: 'check', component: () => import('@/owner/pages/CheckPage.vue') },
  {
    path: '/c/:slug',
    children: [
      { path: '', name: 'community', component: CommunityPage },
      { path: 'identity', name: 'identity', component: IdentityPage },
      { path: 'identity/who', name: 'person', component: () => import('@/owner/pages/PersonPage.vue') },
      { path: 'code', name: 'code', component: () => import('@/owner/pages/CodePage.vue') },
      {
        path: 'review',
        name: 'identityReview',
        component: () => import('@/owner/pages/IdentityReviewPage.vue'),
      },
      { path: 'key', name: 'key', component: () => import('@/owner/pages/KeyPage.vue') },
      { path: 'key-change', name: 'keyChange', component: () => import('@/owner/pages/KeyChangePage.vue') },
      { path: 'phone', name: 'phone', component: () => import('@/owner/pages/PhonePage.vue') },
      { path: MEETING, name: 'meeting', component: MeetingPage },
      { path: `${MEETING}/vote`, name: 'vote', component: VotePage },
      { path: `${MEETING}/confirm`, name: 'confirm', component: ConfirmPage },
      { path: `${MEETING}/receipt`, name: 'receipt', component: ReceiptPage },
      { path: `${MEETING}/result`, name: 'result', component: ResultPage },
      {
        path: `${MEETING}/roll`,
        name: 'publishedRoll',
        component: () => import('@/owner/pages/PublishedRollPage.vue'),
        meta: { texts: 'roll' },
      },
      {
        path: `${MEETING}/documents/:hash(0x[0-9a-f]{64})`,
        name: 'document',
        component: () => import('@/owner/pages/DocumentPage.vue'),
      },
    ],
  },
]
