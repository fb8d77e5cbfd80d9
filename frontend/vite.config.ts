import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { compressed } from './compress.ts'
import { installed } from './installed.ts'
import { ownersShell } from './shell.ts'

const SERVER = process.env.WANJIA_PUBLIC_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [vue(), ownersShell(), installed(), compressed()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_OPTIONS_API__: false,
    // vue-i18n without what no page uses: its old interface, its components and directive, its tools,
    // its compiler (see textWith.ts)
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: true,
  },
  build: {
    target: 'es2020',
    // The server's content security policy allows nothing inline and no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page starts with comes in two files, not fifteen: others' code, which changes
          // seldom, and ours. Each further file is a further connection on a slow phone.
          groups: [
            { name: 'vendor', tags: ['$initial'], test: /node_modules.*js$/, priority: 2 },
            { name: 'start', tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
  },
  // The API refuses what comes from another origin, also the development server's.
  server: { proxy: { '/api': { target: SERVER, headers: { origin: SERVER } } } },
  test: { environment: 'happy-dom', server: { deps: { inline: ['vant'] } } },
})
