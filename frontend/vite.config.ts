import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: { __VUE_PROD_DEVTOOLS__: false, __VUE_OPTIONS_API__: true },
  build: {
    target: 'es2020',
    // The server's content security policy allows nothing inline and no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': process.env.WANJIA_PUBLIC_URL ?? 'http://127.0.0.1:8000' } },
  test: { environment: 'happy-dom', server: { deps: { inline: ['vant'] } } },
})
