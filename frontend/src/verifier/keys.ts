/** Which key spoke for which owner, and since when. */
import type { Address } from 'viem'

export class Keys {
  private readonly changes = new Map<number, { order: number; key: Address }[]>()
  private readonly since = new Map<Address, number>()

  /** From the event with this order on, the owner has this key. */
  set(voter: number, key: Address, order: number): void {
    const held = this.changes.get(voter)
    if (held) held.push({ order, key })
    else this.changes.set(voter, [{ order, key }])
    if (!this.since.has(key)) this.since.set(key, order)
  }

  /** The owner's key just before the event with this order, or at the end. */
  of(voter: number, order = Infinity): Address | undefined {
    return this.changes
      .get(voter)
      ?.filter((change) => change.order < order)
      .at(-1)?.key
  }

  /** Tell whether some owner had this key before the event with this order. */
  isKey(account: Address | undefined, order: number): boolean {
    return account !== undefined && (this.since.get(account) ?? Infinity) < order
  }

  /** Owners who have a key. */
  get voters(): number[] {
    return [...this.changes.keys()].sort((a, b) => a - b)
  }
}
