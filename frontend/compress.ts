/** Writes a gzipped copy beside every text file of the build, which the server sends to whoever takes it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|mjs|css|html|svg|webmanifest|json|wasm)$/
/** Below this a packet is a packet. */
const LEAST_BYTES = 1024

export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    closeBundle: {
      sequential: true,
      order: 'post',
      handler(failure?: Error) {
        if (failure) return
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          if (!TEXT.test(name)) continue
          const content = readFileSync(join(folder, name))
          if (content.length >= LEAST_BYTES) writeFileSync(join(folder, `${name}.gz`), gzipSync(content))
        }
      },
    },
  }
}
