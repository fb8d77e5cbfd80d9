/** Which of the built files are the owner's shell: what an installed app keeps to start without a network. */
import type { Plugin, Rolldown } from 'vite'

/** Pages of staff and auditors, and what weighs much and is needed on few pages, are fetched when they are opened. */
const APART =
  /\/src\/(desk|auditor|trustee|verifier)\/|\/locales\/[^/]+\/(desk|meetings|auditor|decryption|lan|trustee)\.json|\/node_modules\/(echarts|zrender|pdfjs-dist)\//
/** Files beside the chunks; names without a hash, so that they are asked for again when they change. */
const BESIDE = ['index.html', 'icon.svg']

/** What encrypts ballots runs beside the page: no chunk imports it, and it must be there without a network. */
export const BALLOT_WORKER = /^assets\/ballotWorker-/

/** The names of the shell's files, filled when the bundle is written. */
export const shellFiles = new Set<string>(BESIDE)

/** Follows the imports from the entry, static and later ones, and leaves out what stands apart. */
export function ownersShell(): Plugin {
  return {
    name: 'owners-shell',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk' && file.isEntry && !file.facadeModuleId?.includes('worker')) {
          follow(file, bundle)
        }
      }
    },
  }
}

function follow(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle): void {
  if (shellFiles.has(chunk.fileName) || weighs(chunk, bundle, new Set())) return
  shellFiles.add(chunk.fileName)
  for (const style of chunk.viteMetadata?.importedCss ?? []) shellFiles.add(style)
  for (const name of [...chunk.imports, ...chunk.dynamicImports]) {
    const next = bundle[name]
    if (next?.type === 'chunk') follow(next, bundle)
  }
}

/** Whether a chunk, or one it cannot start without, stands apart. */
function weighs(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle, seen: Set<string>): boolean {
  if (seen.has(chunk.fileName)) return false
  seen.add(chunk.fileName)
  if (chunk.moduleIds.some((id) => APART.test(id))) return true
  return chunk.imports.some((name) => {
    const next = bundle[name]
    return next?.type === 'chunk' && weighs(next, bundle, seen)
  })
}
