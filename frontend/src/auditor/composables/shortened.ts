/** Hashes, addresses and large numbers as they are read at a glance. */

const HEAD = 10
const TAIL = 8

/** The two ends of a long hexadecimal text; a short one as it is. */
export function shortened(value: string): string {
  return value.length <= HEAD + TAIL + 1 ? value : `${value.slice(0, HEAD)}…${value.slice(-TAIL)}`
}

/** A whole number with its thousands apart. */
export function count(value: number): string {
  return value.toLocaleString('en')
}
