/** Which key spoke for which owner, and since when. */
import type { Address } from 'viem'

export class Keys {
  private readonly changes = new Map<number, { order: number; key: Address }[]>()
  private readonly ever = new Set<Address>()

  /** From the event with this order on, the owner has this key. */
  set(voter: number, key: Address, order: number): void {
    const held = this.changes.get(voter)
    if (held) held.push({ order, key })
    else this.changes.set(voter, [{ order, key }])
    this.ever.add(key)
  }

  /** The owner's key just before the event with this order, or at the end. */
  of(voter: number, order = Infinity): Address | undefined {
    return this.changes
      .get(voter)
      ?.filter((change) => change.order < order)
      .at(-1)?.key
  }

  /** Tell whether any owner ever had this key. */
  isKey(account: Address | undefined): boolean {
    return account !== undefined && this.ever.has(account)
  }

  /** Owners who have a key. */
  get voters(): number[] {
    return [...this.changes.keys()].sort((a, b) => a - b)
  }

  get size(): number {
    return this.ever.size
  }
}
