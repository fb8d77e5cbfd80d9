/** Reads what a node answered: it may be anything, and only what has the right form is taken. */
import type { Address, Hex } from 'viem'

/** An answer that does not have the form it should have. */
export class Malformed extends Error {}

const DATA = /^0x(?:[0-9a-f]{2})*$/i
const QUANTITY = /^0x[0-9a-f]{1,64}$/i

/** Bytes of any length, in lower case. */
export function asData(value: unknown): Hex {
  if (typeof value !== 'string' || !DATA.test(value)) throw new Malformed('bytes expected')
  return value.toLowerCase() as Hex
}

/** A word of 32 bytes. */
export function asHash(value: unknown): Hex {
  const data = asData(value)
  if (data.length !== 66) throw new Malformed('32 bytes expected')
  return data
}

/** An account of 20 bytes. */
export function asAddress(value: unknown): Address {
  const data = asData(value)
  if (data.length !== 42) throw new Malformed('an address expected')
  return data
}

/** A number of at most 256 bits. */
export function asQuantity(value: unknown): bigint {
  if (typeof value !== 'string' || !QUANTITY.test(value)) throw new Malformed('a number expected')
  return BigInt(value)
}

/** A number that counts blocks, logs or the like. */
export function asCount(value: unknown): number {
  const number = asQuantity(value)
  if (number > 2n ** 48n) throw new Malformed('a smaller number expected')
  return Number(number)
}

/** An object with fields still to be read. */
export function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Malformed('an object expected')
  return value as Record<string, unknown>
}

/** A list with entries still to be read. */
export function asList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Malformed('a list expected')
  return value
}

/** What `read` makes of an answer, or nothing when it has another form. */
export function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Malformed) return undefined
    throw error
  }
}
