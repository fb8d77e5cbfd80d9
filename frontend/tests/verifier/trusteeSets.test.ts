import { expect, it } from 'vitest'
import { canKeep } from '@/verifier/checks/secretKeys'

it('lets more than half of three to fifteen trustees keep a secret, and no others', () => {
  const kept = [
    [3, 2],
    [4, 3],
    [5, 3],
    [15, 8],
  ] as const
  const lost = [
    [3, 1],
    [4, 2],
    [5, 6],
    [2, 2],
    [16, 9],
  ] as const
  for (const [count, threshold] of kept) expect(canKeep(count, threshold)).toBe(true)
  for (const [count, threshold] of lost) expect(canKeep(count, threshold)).toBe(false)
})
