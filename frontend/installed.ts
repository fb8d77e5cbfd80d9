/** The app as it is installed on a phone: its manifest, and the service worker that keeps the owner's shell. */
import { VitePWA } from 'vite-plugin-pwa'
import { BALLOT_WORKER, shellFiles } from './shell.ts'

/** Pages that are never answered from what the phone keeps. */
const FROM_THE_SERVER = [/^\/api(\/|$)/, /^\/metrics/, /^\/(desk|audit)(\/|$)/]

export const installed = () =>
  VitePWA({
    // The page registers the worker itself and asks before it takes a new version: an open ballot is never lost.
    injectRegister: false,
    registerType: 'prompt',
    includeManifestIcons: false,
    manifest: {
      name: '万家',
      short_name: '万家',
      description: '业主大会：在手机上投票，结果人人可核对',
      lang: 'zh-CN',
      id: '/',
      start_url: '/',
      scope: '/',
      display: 'standalone',
      theme_color: '#f6f4ee',
      background_color: '#f6f4ee',
      icons: [
        { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
        { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
        { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
        { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
      ],
    },
    workbox: {
      globPatterns: ['index.html', 'icon.svg', 'assets/**'],
      manifestTransforms: [
        (entries) => ({
          manifest: entries.filter(({ url }) => shellFiles.has(url) || BALLOT_WORKER.test(url)),
          warnings: [],
        }),
      ],
      // Nothing of the API is kept here: what a page shows without a network, it keeps itself, with its time.
      navigateFallback: '/index.html',
      navigateFallbackDenylist: FROM_THE_SERVER,
      dontCacheBustURLsMatching: /^assets\//,
      cleanupOutdatedCaches: true,
      inlineWorkboxRuntime: true,
      // What is left out above may weigh what it likes.
      maximumFileSizeToCacheInBytes: 16 * 1024 * 1024,
    },
  })
