/** How a document of a meeting can be shown on the page. */

/** `markdown` and `text` are text; `pdf` is drawn page by page; `file` can only be saved. */
export type DocumentKind = 'text' | 'markdown' | 'pdf' | 'file'

/** A PDF begins with these bytes, whatever its name says. */
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d]

/** Tell by the bytes first: the name and the type only choose among ways to show text. */
export function documentKind(bytes: Uint8Array, type: string, name: string): DocumentKind {
  if (PDF.every((byte, at) => bytes[at] === byte)) return 'pdf'
  if (!type.startsWith('text/')) return 'file'
  return /\.(md|markdown)$/i.test(name) ? 'markdown' : 'text'
}
