/** How often the generator is in an opened sum: baby steps remembered, giant steps over them. */
import { G, INFINITY, multiplyOpen, settle, type Point } from './group'

const BATCH = 1024

/** The multiples `0..size·G` by their x; each x stands for a number and its negative. */
export class Steps {
  private readonly found = new Map<bigint, number>()

  /** `size`: how many multiples are remembered; a search over `n` numbers then takes about `n / 2·size` steps. */
  constructor(readonly size: number) {
    let next: Point = INFINITY
    for (let at = 0; at <= size; at += BATCH) {
      const part: Point[] = []
      for (let step = at; step <= Math.min(size, at + BATCH - 1); step++, next = next.add(G)) part.push(next)
      settle(part).forEach((point, index) => {
        if (!point.equals(INFINITY)) this.found.set(point.x, at + index)
      })
    }
  }

  /**
   * The number `m` from `low` to `high` with `m·G = point`. Throws when there is none: then the sum is not what it
   * claims to be, and searching on would not help.
   */
  logarithm(point: Point, low: number, high: number): number {
    const stride = 2 * this.size + 1
    const back = multiplyOpen(G, -BigInt(stride))
    let rest = point.add(multiplyOpen(G, -BigInt(low + this.size)))
    for (let middle = low + this.size; middle - this.size <= high; middle += stride * BATCH) {
      const part: Point[] = []
      const left = Math.ceil((high - middle + this.size + 1) / stride)
      for (let step = 0; step < Math.min(BATCH, left); step++, rest = rest.add(back)) part.push(rest)
      for (const [step, one] of settle(part).entries()) {
        const off = one.equals(INFINITY) ? 0 : this.found.get(one.x)
        if (off === undefined) continue
        const centre = middle + step * stride
        const value = [centre + off, centre - off].find((m) => multiplyOpen(G, BigInt(m)).equals(point))
        if (value !== undefined && value >= low && value <= high) return value
      }
    }
    throw new RangeError(`the sum is no number from ${low} to ${high}`)
  }
}

/** One search: `m` from `low` to `high` with `m·G = point`, or a RangeError. */
export function discreteLog(point: Point, low: number, high: number): number {
  if (high < low) throw new RangeError(`the sum is no number from ${low} to ${high}`)
  return new Steps(Math.ceil(Math.sqrt((high - low + 1) / 2))).logarithm(point, low, high)
}
