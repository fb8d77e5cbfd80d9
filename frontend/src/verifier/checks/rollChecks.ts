/** roll.*: the words of the roll added up, hashed, and held against the seal. */
import { eventsOf, timeOf, type Community } from '../community'
import type { Findings } from '../findings'
import { is, place, type Log } from '../logs'
import { named, sealOf, type Meeting } from '../meeting'
import { Roll } from '../roll'
import { square } from '../words'

/** The roll as it was sealed, or as it stands. */
export function rollOf(meeting: Meeting): Roll {
  const roll = new Roll()
  const seal = sealOf(meeting)?.order ?? Infinity
  for (const { order, args } of eventsOf(meeting.logs, 'RollPublished'))
    if (order < seal) roll.publish(args.firstWord, args.words)
  return roll
}

/** roll.sum and roll.digest: every publication, and the seal, against the words so far. */
export function checkWords(meeting: Meeting, findings: Findings): void {
  const roll = new Roll()
  for (const log of meeting.logs) {
    if (is(log, 'RollPublished')) roll.publish(log.args.firstWord, log.args.words)
    else if (!is(log, 'RollSealed')) continue
    const { areaTotal, headsTotal, digest } = (log as Log<'RollPublished' | 'RollSealed'>).args
    const where = { ...named(meeting), event: log.name, where: place(log) }
    const adds = areaTotal === roll.total.area && headsTotal === roll.total.heads
    findings.require(adds && roll.areaOf(0) === 0n, 'roll.sum', 'sumDiffers', where)
    findings.require(digest === roll.digest, 'roll.digest', 'digestDiffers', where)
  }
  const { summary } = meeting
  const { total, digest } = roll
  const sums = summary?.total.area === total.area && summary.total.heads === total.heads
  findings.require(sums, 'roll.sum', 'sumAnsweredDiffers', named(meeting))
  findings.require(summary?.rollDigest === digest, 'roll.digest', 'digestAnsweredDiffers', named(meeting))
  const seen = { ...named(meeting), heads: total.heads, area: square(total.area) }
  findings.saw('roll.sum', sealOf(meeting) ? 'sumSealed' : 'sumNotSealed', seen)
  findings.saw('roll.digest', 'digest', { ...named(meeting), words: roll.size, digest })
}

/** roll.period: nothing published after the seal or the opening, and the seal waited. */
export function checkPeriod(community: Community, meeting: Meeting, findings: Findings): void {
  const id = 'roll.period'
  const seal = sealOf(meeting)
  const published = eventsOf(meeting.logs, 'RollPublished')
  for (const log of published) {
    const early = !meeting.convened || timeOf(community, log) < meeting.convening.opensAt
    const open = early && !(seal && log.order > seal.order)
    findings.require(open, id, 'publishedTooLate', { ...named(meeting), where: place(log) })
  }
  if (!seal) {
    findings.saw(id, 'periodNotSealed', named(meeting))
    return
  }
  const last = published.filter((log) => log.order < seal.order).at(-1)
  const waited = last && timeOf(community, seal) - timeOf(community, last)
  const long = waited !== undefined && waited >= BigInt(meeting.convening.rules.rollPeriod)
  findings.require(meeting.convened !== undefined && long, id, 'sealedTooEarly', named(meeting))
  findings.saw(id, 'period', { ...named(meeting), seconds: `${waited ?? 0n}` })
}
