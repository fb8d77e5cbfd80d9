/** What is checked of a secret meeting's sums: ballot.fresh, tally.electorate, tally.sums, tally.seal, intervals. */
import { sealHash } from '@/wsb/tally'
import { hasQuorum } from '../decision'
import { eventsOf } from '../community'
import type { Findings } from '../findings'
import { is } from '../logs'
import { named, NO_HASH, sealOf, type Meeting } from '../meeting'
import type { Roll } from '../roll'
import { adoptedIn } from '../secret/form'
import type { SecretTally } from '../secret/recount'

const LEAST_HEADS = 50
const LEAST_SHARES = 5n
/** Below it, owners whose areas round to nothing could be two thirds of the area: sums of nothing cannot be opened. */
const LEAST_MEAN_AREA = 750n

/** ballot.fresh: nobody's ciphertext was used again. */
export function checkFresh(meeting: Meeting, { counted, repeating }: SecretTally, findings: Findings): void {
  for (const voter of repeating)
    findings.fault('ballot.fresh', 'ciphertextRepeated', { ...named(meeting), voter })
  findings.saw('ballot.fresh', 'secretBallots', { ...named(meeting), count: counted })
}

/** tally.electorate: enough owners, none too large, or the sums would tell on them; areas that do not all round to nothing. */
export function checkElectorate(meeting: Meeting, roll: Roll, findings: Findings): void {
  const id = 'tally.electorate'
  const { total } = roll
  if (!sealOf(meeting)) {
    findings.saw(id, 'sumNotSealed', { ...named(meeting), heads: total.heads, area: '-' })
    return
  }
  const fits = total.heads >= LEAST_HEADS && LEAST_SHARES * roll.largest <= total.area
  findings.require(fits, id, 'electorateUnfit', named(meeting))
  const opens = total.area >= LEAST_MEAN_AREA * BigInt(total.heads)
  findings.require(opens, id, 'electorateSmall', named(meeting))
  findings.saw(id, 'electorate', { ...named(meeting), heads: total.heads })
}

/** tally.sums: the contract added up the same ciphertexts, and rounded alike. */
export function checkSums(meeting: Meeting, { opened }: SecretTally, findings: Findings): void {
  const id = 'tally.sums'
  const { aggregates, rounding } = meeting.secret!
  opened.sums.forEach((levels, motion) =>
    levels.forEach((points, level) => {
      const ours = points.flatMap((point) => {
        const { x, y } = point.toAffine()
        return [x, y]
      })
      const said = aggregates[motion]![level]
      const same = said?.length === ours.length && ours.every((one, at) => said[at] === one)
      findings.require(same, id, 'encryptedSumDiffers', { ...named(meeting), motion: motion + 1, level })
    }),
  )
  const { above, below } = opened.rounding
  const alike = rounding?.above === BigInt(above) && rounding.below === BigInt(below)
  findings.require(alike, id, 'roundingDiffers', named(meeting))
  findings.saw(id, 'encryptedSums', { ...named(meeting), count: 3 * opened.sums.length })
}

/** tally.seal: the seal names these sums; nothing was shared before it, without a quorum, or of a voided meeting. */
export function checkSeal(
  meeting: Meeting,
  { part, opened }: SecretTally,
  { total }: Roll,
  findings: Findings,
): void {
  const id = 'tally.seal'
  const seal = eventsOf(meeting.logs, 'BallotsSealed')[0]
  const said = meeting.secret!.sealHash
  const shared = meeting.board.filter((log) => is(log, 'SharesPosted') || is(log, 'SumsOpened'))
  if (!seal) {
    const nothing = !shared.length && (said === undefined || said === NO_HASH)
    findings.require(nothing, id, 'sharesWithoutSeal', named(meeting))
    findings.saw(id, 'ballotsNotSealed', named(meeting))
    return
  }
  const figures = { area: Number(part.area), heads: part.heads }
  const context = adoptedIn(meeting)?.args.context ?? NO_HASH
  const ours = sealHash(context, figures, opened.rounding, opened.sums)
  findings.require(seal.args.sealHash === ours && said === ours, id, 'sealDiffers', named(meeting))
  const quorum = total.heads > 0 && hasQuorum(total, part)
  findings.require(quorum, id, 'sealedWithoutQuorum', named(meeting))
  const early = shared.some(({ order }) => order < seal.order)
  findings.require(!early, id, 'sharesBeforeSeal', named(meeting))
  const voided = eventsOf(meeting.logs, 'MeetingVoided')[0]
  const late = voided && shared.some(({ order }) => order > voided.order)
  findings.require(!late, id, 'sharesAfterVoid', named(meeting))
  findings.saw(id, 'ballotsSealed', { ...named(meeting), hash: ours })
}

/** tally.motions: the ends between which each area lies. */
export function checkIntervals(meeting: Meeting, { opened }: SecretTally, findings: Findings): void {
  meeting.secret!.intervals.forEach((said, motion) => {
    const same = ([said?.inFavour, said?.against] as const).every((ends, side) => {
      const { lower, upper } = opened.area(motion, side as 0 | 1)
      return ends?.lower === BigInt(lower) && ends.upper === BigInt(upper)
    })
    findings.require(same, 'tally.motions', 'intervalDiffers', { ...named(meeting), motion: motion + 1 })
  })
}
