/** Shares on their way from a dealer to the other trustees: 128 bytes each, readable by that trustee alone. */
import type { Hex } from 'viem'
import { SIDES, runWords, shareOf, type Polynomials, type Run, type Side } from './ceremony'
import { G, isScalar, multiply, readPoint, settle, type Point } from './group'
import { tagged, words, wordsOf } from './hashing'
import { fresh, type Draw } from './random'

const WORDS_EACH = 4

/** `R | ct_for | ct_against` for each other trustee ascending; draws one scalar for each of them. */
export function deal(
  run: Run,
  dealer: number,
  polynomials: Polynomials,
  keys: Point[],
  draw: Draw = fresh,
): Hex {
  const others = keys.map((key, at) => ({ key, trustee: at + 1 })).filter(({ trustee }) => trustee !== dealer)
  const parts = others.map(({ key, trustee }) => {
    const secret = draw()
    const [r, k] = settle([multiply(G, secret), multiply(key, secret)])
    const hidden = SIDES.map(
      (side) => shareOf(polynomials, side, trustee) ^ pad(run, dealer, trustee, side, r!, k!),
    )
    return words(r!, ...hidden)
  })
  return `0x${parts.join('')}`
}

/** Tells whether a dealing has the form the board takes: every `R` readable, one for each other trustee. */
export const isDealing = (trustees: number, shares: Hex): boolean =>
  shares.length === 2 + 64 * WORDS_EACH * (trustees - 1) &&
  Array.from({ length: trustees - 1 }, (_, at) => partOf(shares, at)).every(({ r }) => r !== undefined)

/** What one trustee finds in a dealing, for and against; nothing where that is no share at all. */
export function receive(
  run: Run,
  dealer: number,
  trustee: number,
  secret: bigint,
  shares: Hex,
): [bigint, bigint] | undefined {
  const { r, hidden } = partOf(shares, trustee < dealer ? trustee - 1 : trustee - 2)
  if (!r) return undefined
  const [k] = settle([multiply(r, secret)])
  const found = SIDES.map((side) => hidden[side]! ^ pad(run, dealer, trustee, side, r, k!))
  return found.every(isScalar) ? [found[0]!, found[1]!] : undefined
}

function partOf(shares: Hex, at: number): { r: Point | undefined; hidden: bigint[] } {
  const [x, y, ...hidden] = wordsOf(shares).slice(WORDS_EACH * at, WORDS_EACH * (at + 1))
  if (hidden.length !== 2) throw new RangeError('no share for this trustee')
  return { r: readPoint(x!, y!), hidden }
}

function pad(run: Run, dealer: number, trustee: number, side: Side, r: Point, k: Point): bigint {
  return BigInt(tagged('dealing', runWords(run) + words(dealer, trustee, side, r, k)))
}
