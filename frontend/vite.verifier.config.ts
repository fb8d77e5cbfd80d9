/** The verifier as one file for Node: `npx vite build --config vite.verifier.config.ts --outDir FOLDER`. */
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  build: { ssr: 'src/verifier/cli.ts', target: 'node20', emptyOutDir: false },
  ssr: { noExternal: true },
})
