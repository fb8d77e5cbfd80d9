/** The judge of secret ballots as one file for Node: `npx vite build --config vite.ballots.config.ts --outDir FOLDER`. */
import { defineConfig } from 'vite'

export default defineConfig({
  publicDir: false,
  build: { ssr: 'src/wsb/cli.ts', target: 'node20', emptyOutDir: false },
  ssr: { noExternal: true },
})
