/** One address a page; the back button always leads to the page before. */
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'communities', component: () => import('./pages/CommunitiesPage.vue') },
  { path: '/outbox', name: 'outbox', component: () => import('./pages/OutboxPage.vue') },
  {
    path: '/c/:slug',
    children: [
      { path: '', name: 'community', component: () => import('./pages/CommunityPage.vue') },
      { path: 'identity', name: 'identity', component: () => import('./pages/IdentityPage.vue') },
      { path: 'code', name: 'code', component: () => import('./pages/CodePage.vue') },
      { path: 'review', name: 'identityReview', component: () => import('./pages/IdentityReviewPage.vue') },
      { path: 'key', name: 'key', component: () => import('./pages/KeyPage.vue') },
      {
        path: 'meetings/:meeting(\\d+)',
        name: 'meeting',
        component: () => import('./pages/MeetingPage.vue'),
      },
      { path: 'meetings/:meeting(\\d+)/vote', name: 'vote', component: () => import('./pages/VotePage.vue') },
      {
        path: 'meetings/:meeting(\\d+)/confirm',
        name: 'confirm',
        component: () => import('./pages/ConfirmPage.vue'),
      },
      {
        path: 'meetings/:meeting(\\d+)/receipt',
        name: 'receipt',
        component: () => import('./pages/ReceiptPage.vue'),
      },
      {
        path: 'meetings/:meeting(\\d+)/result',
        name: 'result',
        component: () => import('./pages/ResultPage.vue'),
      },
    ],
  },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/MissingPage.vue') },
]

/** The router of the whole app. */
export function createPages() {
  return createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
}
