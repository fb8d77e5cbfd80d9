/** One address a page; the back button always leads to the page before. */
import { nextTick } from 'vue'
import { createRouter, createWebHistory, START_LOCATION } from 'vue-router'
import { addTexts, type createTexts, type LaterTexts } from './i18n'
import { auditorRoutes } from './routes/auditor'
import { deliberationRoutes } from './routes/deliberation'
import { deskRoutes } from './routes/desk'
import { ownerRoutes } from './routes/owner'
import { trusteeRoutes } from './routes/trustee'

declare module 'vue-router' {
  interface RouteMeta {
    /** Texts to fetch before the page is shown. */
    texts?: LaterTexts | readonly LaterTexts[]
  }
}

const FETCHED_ANEW = 'wanjia.fetchedAnew'

/** The router of the whole app. */
export function createPages(texts: ReturnType<typeof createTexts>) {
  const pages = createRouter({
    history: createWebHistory(),
    routes: [
      ...ownerRoutes,
      ...deliberationRoutes,
      ...deskRoutes,
      ...auditorRoutes,
      ...trusteeRoutes,
      { path: '/:rest(.*)*', name: 'missing', component: () => import('@/components/MissingPage.vue') },
    ],
    // a first page is at its top already, and to ask for it would have the browser lay it out early
    scrollBehavior: (_to, from, saved) => saved ?? (from === START_LOCATION ? false : { top: 0 }),
  })
  pages.beforeResolve(async ({ meta }) => {
    await Promise.all([meta.texts ?? []].flat().map((name) => addTexts(texts, name)))
  })
  pages.onError((error, to) => fetchAnew(error, to.fullPath))
  pages.afterEach(async (to, from) => {
    if (from === START_LOCATION || to.path === from.path) return
    await nextTick()
    focusHeading()
  })
  return pages
}

/** A page of an older version may be gone from the server: ask the server for the address, once. */
function fetchAnew(error: unknown, address: string): void {
  const lost = error instanceof TypeError && navigator.onLine
  if (!lost || sessionStorage.getItem(FETCHED_ANEW) === address) return
  sessionStorage.setItem(FETCHED_ANEW, address)
  location.assign(address)
}

/** A new page is read out from its heading, and the keyboard goes on from there. */
function focusHeading(): void {
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
}
