/**
 * The commitments of very many proofs at once, for those who check a whole meeting.
 *
 * All points take the same step together, so that one modular inversion serves them all (Montgomery's trick); factors
 * of changing points are halved with the curve's endomorphism (Gallant, Lambert, Vanstone, 2001).
 */
import { inverses } from '@/verifier/curve'
import { P, Q, mod, type Coordinates, type Point } from './group'

type Held = Coordinates | undefined

/** `Σ factor·base + factor·point`: the bases keep tables, `point` is a position in the list of changing points. */
export interface Combination {
  fixed: { base: Point; factor: bigint }[]
  point: number
  factor: bigint
}

const BETA = 0x59e26bcea0d48bacd4f263f1acdb5c4f5763473177fffffen
const A1 = 0x89d3256894d213e3n
const B1 = -0x6f4d8248eeb859fc8211bbeb7d4f1128n
const A2 = 0x6f4d8248eeb859fd0be4e1541221250bn
const B2 = A1
const BITS = 130
const ODD_MULTIPLES = 8

const field = (value: bigint): bigint => {
  const rest = value % P
  return rest < 0n ? rest + P : rest
}

/** Add `other[i]` to `some[places[i]]`; `undefined` is infinity. */
function addTo(some: Held[], places: number[], other: Coordinates[]): void {
  const runs: bigint[] = []
  const rises: bigint[] = []
  const at: number[] = []
  places.forEach((place, index) => {
    const [a, b] = [some[place], other[index]!]
    if (!a) some[place] = b
    else if (a.x !== b.x) {
      runs.push(field(b.x - a.x))
      rises.push(b.y - a.y)
      at.push(index)
    } else if (a.y === b.y) {
      runs.push(field(2n * a.y))
      rises.push(3n * a.x * a.x)
      at.push(index)
    } else some[place] = undefined
  })
  inverses(runs, P).forEach((inverted, index) => {
    const place = places[at[index]!]!
    const [a, b] = [some[place]!, other[at[index]!]!]
    const slope = (rises[index]! * inverted) % P
    const x = field(slope * slope - a.x - b.x)
    some[place] = { x, y: field(slope * (a.x - x) - a.y) }
  })
}

/** Double all. */
function double(points: Held[]): void {
  const at: number[] = []
  const all: Coordinates[] = []
  points.forEach((point, place) => {
    if (!point) return
    at.push(place)
    all.push(point)
  })
  addTo(points, at, all)
}

/** `factor = first + second·λ`, both of half its length. */
function halves(factor: bigint): [bigint, bigint] {
  const c1 = (B2 * factor + Q / 2n) / Q
  const c2 = (-B1 * factor + Q / 2n) / Q
  return [factor - c1 * A1 - c2 * A2, -c1 * B1 - c2 * B2]
}

/** Signed odd digits of at most five bits, lowest first; at least four zeros follow each. */
function digitsOf(half: bigint): Int8Array {
  const found = new Int8Array(BITS)
  const sign = half < 0n ? -1 : 1
  let rest = half < 0n ? -half : half
  for (let at = 0; rest > 0n; at++, rest >>= 1n) {
    if (!(rest & 1n)) continue
    let digit = Number(rest & 31n)
    if (digit > 15) digit -= 32
    rest -= BigInt(digit)
    found[at] = sign * digit
  }
  return found
}

const tables = new WeakMap<Point, Held[][]>()

/** `byte · 256^window · base` by window and byte, made once for each base. */
function tableOf(base: Point): Held[][] {
  const known = tables.get(base)
  if (known) return known
  const bases: Held[] = []
  const next: Held[] = [base.toAffine()]
  for (let window = 0; window < 32; window++) {
    bases.push(next[0])
    for (let bit = 0; bit < 8; bit++) double(next)
  }
  const all = bases.map((_, window) => window)
  const rows: Held[][] = [bases.map(() => undefined), bases]
  while (rows.length < 256) {
    const row = [...rows.at(-1)!]
    addTo(row, all, bases as Coordinates[])
    rows.push(row)
  }
  const table = bases.map((_, window) => rows.map((row) => row[window]))
  tables.set(base, table)
  return table
}

/** All combinations over the given points; (0, 0) is infinity. */
export function combineAll(points: Coordinates[], items: Combination[]): Coordinates[] {
  const all = points.map((_, at) => at)
  const twice: Held[] = [...points]
  double(twice)
  const odd: Held[][] = [[...points]]
  while (odd.length < ODD_MULTIPLES) {
    const row = [...odd.at(-1)!]
    addTo(row, all, twice as Coordinates[])
    odd.push(row)
  }
  const parts = items.map(({ factor }) => halves(mod(factor)).map(digitsOf))
  const sums: Held[] = items.map(() => undefined)
  const addWhere = (summand: (at: number) => Held) => {
    const places: number[] = []
    const others: Coordinates[] = []
    for (let at = 0; at < items.length; at++) {
      const other = summand(at)
      if (!other) continue
      places.push(at)
      others.push(other)
    }
    addTo(sums, places, others)
  }
  for (let bit = BITS - 1; bit >= 0; bit--) {
    double(sums)
    for (const half of [0, 1]) {
      addWhere((at) => {
        const digit = parts[at]![half]![bit]!
        if (!digit) return undefined
        const { x, y } = odd[(Math.abs(digit) - 1) / 2]![items[at]!.point]!
        return { x: half ? (x * BETA) % P : x, y: digit < 0 ? P - y : y }
      })
    }
  }
  const most = items.reduce((some, { fixed }) => Math.max(some, fixed.length), 0)
  for (let term = 0; term < most; term++) {
    const rest = items.map(({ fixed }) => mod(fixed[term]?.factor ?? 0n))
    const rows = items.map(({ fixed }) => {
      const one = fixed[term]
      return one && tableOf(one.base)
    })
    for (let window = 0; window < 32; window++)
      addWhere((at) => rows[at]?.[window]![Number((rest[at]! >> BigInt(8 * window)) & 255n)])
  }
  return sums.map((sum) => sum ?? { x: 0n, y: 0n })
}
