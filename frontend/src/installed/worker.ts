/** The service worker that keeps the owner's shell on this phone, and the way to a newer version of it. */
import { readonly, shallowRef } from 'vue'

/** `waiting`: a newer version is here and starts when the reader says so. */
export type Update = 'none' | 'waiting' | 'starting'

const HOUR_MS = 3_600_000
const found = shallowRef<Update>('none')
let newer: ServiceWorker | null = null

/** Whether a newer version waits. */
export const update = readonly(found)

/** Register the worker once the page is there; without it the app works as a site. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(watch, () => undefined)
}

/** Start the newer version. Drafts and ballots stay: they lie in the phone's database, not in the page. */
export function startNewer(): void {
  found.value = 'starting'
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  newer?.postMessage({ type: 'SKIP_WAITING' })
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = () => {
    // without a controller this is the first version, and nothing runs that it could replace
    if (!registration.waiting || !navigator.serviceWorker.controller) return
    newer = registration.waiting
    if (found.value === 'none') found.value = 'waiting'
  }
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', look),
  )
  look()
  setInterval(() => void registration.update().catch(() => undefined), HOUR_MS)
}
