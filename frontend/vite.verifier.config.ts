/** The verifier as one file for Node: `npx vite build --config vite.verifier.config.ts --outDir FOLDER`. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { ssr: 'src/verifier/cli.ts', target: 'node20', emptyOutDir: false },
  ssr: { noExternal: true },
})
