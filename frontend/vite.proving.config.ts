/** The page that measures proving: `npx vite build --config vite.proving.config.ts --outDir FOLDER`. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  root: 'tests/wsb/page',
  publicDir: false,
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: 'es2020', assetsInlineLimit: 0, modulePreload: { polyfill: false }, emptyOutDir: false },
})
