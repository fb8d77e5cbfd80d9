/** One address a page; the back button always leads to the page before. */
import { nextTick } from 'vue'
import { createRouter, createWebHistory, START_LOCATION, type RouteRecordRaw } from 'vue-router'
// The way of a ballot is there at once: it must go on when the network goes away in the middle.
import CommunityPage from './pages/CommunityPage.vue'
import ConfirmPage from './pages/ConfirmPage.vue'
import MeetingPage from './pages/MeetingPage.vue'
import ReceiptPage from './pages/ReceiptPage.vue'
import VotePage from './pages/VotePage.vue'

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'communities', component: () => import('./pages/CommunitiesPage.vue') },
  { path: '/outbox', name: 'outbox', component: () => import('./pages/OutboxPage.vue') },
  {
    path: '/c/:slug',
    children: [
      { path: '', name: 'community', component: CommunityPage },
      { path: 'identity', name: 'identity', component: () => import('./pages/IdentityPage.vue') },
      { path: 'code', name: 'code', component: () => import('./pages/CodePage.vue') },
      { path: 'review', name: 'identityReview', component: () => import('./pages/IdentityReviewPage.vue') },
      { path: 'key', name: 'key', component: () => import('./pages/KeyPage.vue') },
      {
        path: 'm/:meeting(\\d+)',
        name: 'meeting',
        component: MeetingPage,
      },
      { path: 'm/:meeting(\\d+)/vote', name: 'vote', component: VotePage },
      {
        path: 'm/:meeting(\\d+)/confirm',
        name: 'confirm',
        component: ConfirmPage,
      },
      {
        path: 'm/:meeting(\\d+)/receipt',
        name: 'receipt',
        component: ReceiptPage,
      },
      {
        path: 'm/:meeting(\\d+)/result',
        name: 'result',
        component: () => import('./pages/ResultPage.vue'),
      },
      {
        path: 'm/:meeting(\\d+)/documents/:hash(0x[0-9a-f]{64})',
        name: 'document',
        component: () => import('./pages/DocumentPage.vue'),
      },
    ],
  },
  { path: '/:rest(.*)*', name: 'missing', component: () => import('./pages/MissingPage.vue') },
]

/** The router of the whole app. */
export function createPages() {
  const pages = createRouter({
    history: createWebHistory(),
    routes,
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  })
  pages.afterEach(async (to, from) => {
    if (from === START_LOCATION || to.path === from.path) return
    await nextTick()
    focusHeading()
  })
  return pages
}

/** A new page is read out from its heading, and the keyboard goes on from there. */
function focusHeading(): void {
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
}
