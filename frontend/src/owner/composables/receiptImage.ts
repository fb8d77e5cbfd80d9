/** Draws a receipt as a picture to keep: words and a code that any phone can check. Never a choice. */
import { encode } from 'uqr'

export interface ReceiptWords {
  heading: string
  community: string
  meeting: string
  /** Label and value, in order. */
  facts: [string, string][]
  /** What the code opens. */
  link: string
  /** Sentences under the code. */
  notes: string[]
}

/** A picture has no theme: it is dark on light, as scanners and printers need it. */
const COLOURS = { paper: '#ffffff', ink: '#1f2623', soft: '#525a55', accent: '#1c5a4c' }
const WIDTH = 1080
const MARGIN = 80
const CODE = 800
/** A mark that closes a phrase stays with the sign before it; a Latin word stays whole. */
const PIECES = /[\u2e80-\uffef][，。；：、）”！？]*|[^\s\u2e80-\uffef]+\s*|\s+/g

/** Break `text` into lines no wider than `width`, as `measure` tells the width of a piece. */
export function linesOf(text: string, width: number, measure: (piece: string) => number): string[] {
  const lines = ['']
  for (const piece of text.match(PIECES) ?? []) {
    const last = lines.at(-1)!
    if (last && measure((last + piece).trimEnd()) > width) lines.push(piece)
    else lines[lines.length - 1] = last + piece
  }
  return lines.map((line) => line.trimEnd())
}

/** Draw the picture. Its height follows from the words. */
export function drawReceipt(words: ReceiptWords, family: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  const height = paint(canvas, words, family)
  canvas.height = height
  paint(canvas, words, family)
  return canvas
}

/** Paint from the top; the answer is where it ends. Once to measure, once for good. */
function paint(canvas: HTMLCanvasElement, words: ReceiptWords, family: string): number {
  const pen = canvas.getContext('2d')!
  pen.fillStyle = COLOURS.paper
  pen.fillRect(0, 0, WIDTH, canvas.height)
  pen.textBaseline = 'top'
  let y = MARGIN
  const write = (text: string, size: number, colour: string, weight = 400) => {
    pen.font = `${weight} ${size}px ${family}`
    pen.fillStyle = colour
    for (const line of linesOf(text, WIDTH - 2 * MARGIN, (piece) => pen.measureText(piece).width)) {
      pen.fillText(line, MARGIN, y)
      y += Math.round(size * 1.45)
    }
  }
  write(words.heading, 64, COLOURS.accent, 700)
  y += 12
  write(words.community, 46, COLOURS.ink, 700)
  write(words.meeting, 42, COLOURS.ink)
  y += 28
  for (const [label, value] of words.facts) {
    write(label, 32, COLOURS.soft)
    write(value, 44, COLOURS.ink, 600)
    y += 12
  }
  y += 20
  paintCode(pen, words.link, (WIDTH - CODE) / 2, y)
  y += CODE + 32
  for (const note of words.notes) {
    write(note, 34, COLOURS.ink)
    y += 8
  }
  return y + MARGIN
}

function paintCode(pen: CanvasRenderingContext2D, link: string, left: number, top: number): void {
  const { data, size } = encode(link, { ecc: 'M', border: 2 })
  // Whole pixels, so that no seams appear between the squares.
  const side = Math.floor(CODE / size)
  const inset = Math.floor((CODE - side * size) / 2)
  pen.fillStyle = COLOURS.ink
  data.forEach((row, at) =>
    row.forEach((dark, across) => {
      if (dark) pen.fillRect(left + inset + across * side, top + inset + at * side, side, side)
    }),
  )
}
