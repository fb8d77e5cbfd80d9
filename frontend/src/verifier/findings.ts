/** What each check saw and what it found wrong. Texts are named, to be said in the reader's language. */

/** The checks of docs/protocol.md, in its order. */
export const CHECKS = [
  'chain.continuity',
  'contracts.links',
  'contracts.code',
  'roles.separation',
  'registry.possession',
  'registry.unique-key',
  'registry.key-change',
  'meeting.convene-hash',
  'meeting.lifecycle',
  'roll.sum',
  'roll.digest',
  'roll.period',
  'ballot.calldata',
  'ballot.window',
  'ballot.signature',
  'ballot.registered',
  'ballot.on-roll',
  'ballot.once',
  'ballot.choice',
  'ballot.cap',
  'ballot.skips',
  'tally.participation',
  'tally.motions',
  'decision.quorum',
  'decision.motions',
  'result.declared',
  'objections.answered',
] as const
/** What is checked besides where a meeting is secret (docs/secret-ballots.md). */
export const SECRET_CHECKS = [
  'ballot.fresh',
  'keys.trustees',
  'keys.ceremony',
  'keys.context',
  'tally.electorate',
  'tally.sums',
  'tally.seal',
  'tally.shares',
  'tally.opened',
] as const
export type CheckId = (typeof CHECKS | typeof SECRET_CHECKS)[number]

/** A text by its key, with what it fills in. */
export interface Words {
  key: string
  values?: Record<string, string | number | Words>
}
export interface Check {
  id: CheckId
  ok: boolean
  /** What was looked at, when it holds; what is wrong, when it does not. */
  words: Words[]
  /** Faults beyond those told in words. */
  more: number
}

const MOST_TOLD = 20

export class Findings {
  private readonly faults = new Map<CheckId, Words[]>()
  private readonly seen = new Map<CheckId, Words[]>()

  /** Something is wrong. */
  fault(id: CheckId, key: string, values?: Words['values']): void {
    keep(this.faults, id, { key: `verifyCheck.${key}`, values })
  }

  /** Something was looked at. */
  saw(id: CheckId, key: string, values?: Words['values']): void {
    keep(this.seen, id, { key: `verifyCheck.${key}`, values })
  }

  /** A fault unless it is true. */
  require(holds: boolean, id: CheckId, key: string, values?: Words['values']): boolean {
    if (!holds) this.fault(id, key, values)
    return holds
  }

  /** Make checks; one that cannot be made does not hold, and says so. */
  make<T>(ids: CheckId[], check: () => T): T | undefined {
    try {
      return check()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      for (const id of ids) this.fault(id, 'notMade', { reason })
      return undefined
    }
  }

  /** Every check of the protocol, and where it matters those of secret meetings; one that saw nothing was not made. */
  checks(secret = false): Check[] {
    return [...CHECKS, ...(secret ? SECRET_CHECKS : [])].map((id) => {
      const faults = this.faults.get(id) ?? []
      const seen = this.seen.get(id) ?? []
      const unmade = { key: 'verifyCheck.nothingSeen' }
      const ok = !faults.length && seen.length > 0
      const words = ok ? seen : faults.length ? faults.slice(0, MOST_TOLD) : [unmade]
      return { id, ok, words, more: Math.max(0, faults.length - MOST_TOLD) }
    })
  }
}

function keep(where: Map<CheckId, Words[]>, id: CheckId, words: Words): void {
  const held = where.get(id)
  if (held) held.push(words)
  else where.set(id, [words])
}
