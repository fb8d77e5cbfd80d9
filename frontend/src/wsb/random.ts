/** Secret scalars from the browser's randomness. */
import { Q } from './group'

/** Gives a scalar each time; injected where the same scalars are wanted again (golden vectors). */
export type Draw = () => bigint

/** A scalar from 1 to Q - 1; 512 random bits leave no bias that could be measured. */
export function fresh(): bigint {
  const bytes = crypto.getRandomValues(new Uint8Array(64))
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return 1n + (value % (Q - 1n))
}
