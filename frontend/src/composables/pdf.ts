/** PDF pages drawn on the phone by pdf.js; loaded with the page that needs it, its worker from this site only. */
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import worker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

/** Tables that Chinese PDFs without fonts of their own need to find their characters. */
const MAPS = import.meta.glob<string>(
  [
    '../../node_modules/pdfjs-dist/cmaps/{Adobe-GB1-*,GB*,UniGB*}.bcmap',
    '../../../node_modules/pdfjs-dist/cmaps/{Adobe-GB1-*,GB*,UniGB*}.bcmap',
  ],
  { query: '?url', import: 'default', eager: true, exhaustive: true },
)

/** Gives pdf.js such a table from this site. */
class Maps {
  async fetch({ name }: { name: string }): Promise<{ cMapData: Uint8Array; isCompressed: boolean }> {
    const found = Object.entries(MAPS).find(([path]) => path.endsWith(`/${name}.bcmap`))
    if (!found) throw new Error('no such table of characters')
    const answer = await fetch(found[1])
    return { cMapData: new Uint8Array(await answer.arrayBuffer()), isCompressed: true }
  }
}

export interface PdfPage {
  /** Draw at `width` CSS pixels. */
  draw: (canvas: HTMLCanvasElement, width: number) => Promise<void>
  /** Its words, for those who do not see the drawing. */
  text: string
}

/** Open checked bytes. Throws when they are no PDF that can be drawn. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  GlobalWorkerOptions.workerSrc = worker
  return getDocument({
    data: bytes.slice(),
    CMapReaderFactory: Maps,
    useWorkerFetch: false,
    useSystemFonts: true,
    useWasm: false,
    isEvalSupported: false,
    enableXfa: false,
  }).promise
}

/** One page, counted from 1. */
export async function readPage(pdf: PDFDocumentProxy, number: number): Promise<PdfPage> {
  const page = await pdf.getPage(number)
  const content = await page.getTextContent()
  const text = content.items
    .map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : ''))
    .join('')
  async function draw(canvas: HTMLCanvasElement, width: number): Promise<void> {
    const whole = page.getViewport({ scale: 1 })
    const sharp = Math.min(globalThis.devicePixelRatio || 1, 2)
    const viewport = page.getViewport({ scale: (width * sharp) / whole.width })
    canvas.width = Math.floor(viewport.width)
    canvas.height = Math.floor(viewport.height)
    await page.render({ canvas, viewport }).promise
  }
  return { draw, text }
}
