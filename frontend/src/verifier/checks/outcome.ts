/** tally.*, decision.* and result.declared: the recount against what the contract answers and declared. */
import { hasQuorum, isPassed, isSpecial } from '../decision'
import { eventsOf } from '../community'
import type { Weight } from '../events'
import type { Findings } from '../findings'
import { named, sealOf, type Meeting } from '../meeting'
import type { Tally } from '../recount'
import type { Roll } from '../roll'
import { square } from '../words'

const same = (a: Weight | undefined, b: Weight): boolean => a?.area === b.area && a.heads === b.heads

/** Decisions recomputed from the recount. */
export interface Outcome {
  quorum: boolean
  passed: boolean[]
}

export function decide(meeting: Meeting, { part, motions }: Tally, { total }: Roll): Outcome {
  return {
    quorum: total.heads > 0 && hasQuorum(total, part),
    passed: motions.map(({ inFavour }, at) =>
      isPassed(meeting.convening.motions[at]!.matter, total, part, inFavour),
    ),
  }
}

/** tally.*: sums of the recount against the contract's. */
export function checkTally(meeting: Meeting, { part, motions }: Tally, findings: Findings): void {
  const { summary, decisions } = meeting
  const one = named(meeting)
  findings.require(same(summary?.part, part), 'tally.participation', 'partDiffers', one)
  findings.saw('tally.participation', 'part', { ...one, heads: part.heads, area: square(part.area) })
  findings.saw('tally.motions', 'motions', { ...one, count: motions.length })
  motions.forEach(({ inFavour, against }, at) => {
    const decision = decisions[at]
    const values = { ...one, motion: at + 1 }
    if (!decision && !sealOf(meeting)) return
    const sums = same(decision?.inFavour, inFavour) && same(decision?.against, against)
    findings.require(sums, 'tally.motions', 'sumsDiffer', values)
    const basis = !decision || same(decision.part, part)
    findings.require(basis, 'tally.participation', 'basisDiffers', values)
  })
}

/** decision.*: quorum and verdicts against the contract's. */
export function checkDecision(
  meeting: Meeting,
  outcome: Outcome,
  { part }: Tally,
  { total }: Roll,
  findings: Findings,
): void {
  const one = named(meeting)
  findings.saw('decision.quorum', outcome.quorum ? 'quorumReached' : 'quorumMissed', {
    ...{ ...one, partHeads: part.heads, partArea: square(part.area) },
    ...{ totalHeads: total.heads, totalArea: square(total.area) },
  })
  const passed = outcome.passed.filter(Boolean).length
  findings.saw('decision.motions', 'verdicts', { ...one, passed, count: outcome.passed.length })
  outcome.passed.forEach((verdict, at) => {
    const decision = meeting.decisions[at]
    const values = { ...one, motion: at + 1 }
    if (!decision) return
    const basis = decision.quorum === outcome.quorum && same(decision.total, total)
    findings.require(basis, 'decision.quorum', 'quorumDiffers', values)
    const special = isSpecial(meeting.convening.motions[at]!.matter)
    const agrees = decision.passed === verdict && decision.special === special
    findings.require(agrees, 'decision.motions', 'verdictDiffers', values)
  })
}

/** result.declared: what was announced against the recount. */
export function checkDeclared(
  meeting: Meeting,
  outcome: Outcome,
  { part, motions }: Tally,
  { total }: Roll,
  findings: Findings,
): void {
  const id = 'result.declared'
  const declared = eventsOf(meeting.logs, 'ResultDeclared')
  for (const log of declared) {
    const { args } = log
    const results = args.results
    const agrees =
      same(args.total, total) &&
      same(args.part, part) &&
      args.quorum === outcome.quorum &&
      results.length === motions.length &&
      motions.every(
        ({ inFavour, against }, at) =>
          same(results[at]!.inFavour, inFavour) &&
          same(results[at]!.against, against) &&
          results[at]!.passed === outcome.passed[at],
      )
    findings.require(agrees, id, 'declaredOtherwise', named(meeting))
  }
  findings.saw(id, declared.length ? 'declared' : 'notDeclared', named(meeting))
}
