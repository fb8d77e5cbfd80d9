/** The code of an EIP-1167 clone, and the contract it stands for. */
import type { Address } from 'viem'

const CLONE = /^0x363d3d373d3d3d363d73([0-9a-f]{40})5af43d82803e903d91602b57fd5bf3$/i

/** The contract behind a clone, or nothing when the code is no clone's. */
export function implementationOf(code: unknown): Address | undefined {
  const found = typeof code === 'string' ? CLONE.exec(code)?.[1] : undefined
  return found === undefined ? undefined : `0x${found.toLowerCase()}`
}
