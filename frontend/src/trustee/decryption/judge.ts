/** Whether a trustee's browser decrypts: every reason against it, from what it found and what it remembers. */
import type { Address, Hex } from 'viem'
import type { CheckId } from '@/verifier/findings'
import { hasQuorum } from '@/verifier/decision'
import { nameOf, type Facts } from './facts'
import type { Decrypted } from './memory'

/** Who asks: what was sealed with the seed when the seat was taken. */
export interface Seat {
  chainId: number
  board: Address
  meeting: number
}

/** What the system says waits for decryption; it is compared and never decrypted. */
export interface Offer {
  context: Hex | null
  seal_hash: Hex | null
  stage: { stage: 0 | 1; aggregates: { motion: number; level: number; side: 0 | 1; a: Hex }[] } | null
}

export const REASONS = [
  ...(['otherChain', 'otherBoard', 'twin', 'otherCode', 'voided', 'otherKeys', 'otherContext'] as const),
  ...(['smallElectorate', 'noQuorum', 'notSealed', 'withheld', 'otherSums', 'otherSeal'] as const),
  ...(['secondSeal', 'secondTally', 'decided', 'otherStage', 'audit'] as const),
] as const
export type Reason = (typeof REASONS)[number]

export interface Refusal {
  reason: Reason
  /** The checks of the audit that say so. */
  checks: CheckId[]
}

const LEAST_HEADS = 50
const LEAST_SHARES = 5

/**
 * The checks behind each reason; every other check refuses as `audit`.
 *
 * None is let off because the result is not declared: each holds of a sealed meeting as it stands, before and between
 * the stages (`result.declared` and `objections.answered` then say that there is nothing yet).
 */
const BEHIND: Partial<Record<Reason, CheckId[]>> = {
  twin: ['contracts.links'],
  otherCode: ['contracts.code'],
  otherKeys: ['keys.trustees', 'keys.ceremony'],
  otherContext: ['keys.context'],
  smallElectorate: ['tally.electorate'],
  withheld: ['ballot.calldata', 'tally.participation'],
  otherSums: ['tally.sums'],
  otherSeal: ['tally.seal'],
}
const NAMED = Object.values(BEHIND).flat()

const same = (one: string | null, other: string | null): boolean =>
  one !== null && one.toLowerCase() === other?.toLowerCase()

/** Every refusal, in the order of `REASONS`; none means that this trustee may decrypt the stage that waits. */
export function judge(facts: Facts, seat: Seat, offer: Offer, memory: Decrypted | undefined): Refusal[] {
  // Any owner can put a repeated `A` of its own on the chain; it shows nothing but that owner's ballot.
  const failed = facts.checks.filter(({ id, ok }) => !ok && id !== 'ballot.fresh').map(({ id }) => id)
  const against: Record<Reason, boolean> = {
    otherChain: facts.chainId !== seat.chainId,
    otherBoard: !same(facts.board, seat.board),
    twin: !facts.isSecret || !same(facts.holder, facts.secretMeeting),
    otherCode: false,
    voided: facts.isVoid,
    otherKeys: facts.keys !== 'own',
    otherContext: !same(facts.context, offer.context),
    smallElectorate: isSmall(facts),
    noQuorum: !facts.quorum || !reaches(facts),
    notSealed: facts.sealHash === null,
    withheld: false,
    otherSums: hasOtherSums(facts, offer),
    otherSeal: facts.sealHash !== null && !same(facts.sealHash, offer.seal_hash),
    secondSeal: isSecondSeal(facts, memory),
    secondTally: isSecondTally(facts, memory),
    decided: offersDecided(facts, offer),
    otherStage: offersOther(facts, offer),
    audit: false,
  }
  return REASONS.flatMap((reason) => {
    const checks = failed.filter((id) =>
      reason === 'audit' ? !NAMED.includes(id) : BEHIND[reason]?.includes(id),
    )
    return against[reason] || checks.length ? [{ reason, checks }] : []
  })
}

/** An electorate whose sums would tell on one owner. */
const isSmall = ({ total, largest }: Facts): boolean =>
  total.heads < LEAST_HEADS || LEAST_SHARES * largest > total.area

/** The quorum once more, by the ballots that were counted here. */
const reaches = ({ total, part }: Facts): boolean =>
  total.heads > 0 &&
  hasQuorum({ area: BigInt(total.area), heads: total.heads }, { area: BigInt(part.area), heads: part.heads })

/** Another seal or another context than this trustee has decrypted for before: refused for ever. */
const isSecondSeal = ({ context, sealHash }: Facts, memory: Decrypted | undefined): boolean =>
  memory !== undefined && (!same(memory.context, context) || !same(memory.sealHash, sealHash))

/** Another sum under the name of one that this trustee has decrypted before. */
const isSecondTally = ({ stages }: Facts, memory: Decrypted | undefined): boolean =>
  memory !== undefined &&
  stages.some(({ sums }) =>
    sums.some((sum) => {
      const before = memory.sums[nameOf(sum)]
      return before !== undefined && before !== sum.a
    }),
  )

/** Exact areas are asked for of a motion that heads and rounded areas decide by this browser's own computation. */
function offersDecided({ stages }: Facts, { stage }: Offer): boolean {
  if (stage?.stage !== 1) return false
  const undecided = stages.find((one) => one.stage === 1)?.sums ?? []
  return stage.aggregates.some(({ motion }) => !undecided.some((sum) => sum.motion === motion))
}

/** A stage is offered that there is not, or with another list of sums; one that is over by now is only late. */
function offersOther({ stages }: Facts, { stage }: Offer): boolean {
  if (!stage) return false
  const own = stages.find((one) => one.stage === stage.stage)
  const listed = (sums: { motion: number; level: number; side: 0 | 1 }[]) => sums.map(nameOf).join(' ')
  return !own || listed(stage.aggregates) !== listed(own.sums)
}

/** The system shows another sum than the one added up here. */
function hasOtherSums(facts: Facts, { stage }: Offer): boolean {
  const own = facts.stages.find((one) => one.stage === stage?.stage)
  const ours = new Map(own?.sums.map((sum) => [nameOf(sum), sum.a]))
  return stage?.aggregates.some((sum) => ours.has(nameOf(sum)) && ours.get(nameOf(sum)) !== sum.a) ?? false
}
