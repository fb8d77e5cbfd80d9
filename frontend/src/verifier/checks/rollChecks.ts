/** roll.*: the words of the roll added up, hashed, and held against the seal. */
import { eventsOf, timeOf, type Community } from '../community'
import type { Findings } from '../findings'
import { place } from '../logs'
import { named, sealOf, type Meeting } from '../meeting'
import { Roll } from '../roll'
import { square } from '../words'

/** Follow the publications; give the roll as it was sealed, or as it stands. */
export function checkRoll(community: Community, meeting: Meeting, findings: Findings): Roll {
  const roll = new Roll()
  const seal = sealOf(meeting)
  const published = eventsOf(meeting.logs, 'RollPublished')
  for (const log of published) {
    const where = { ...named(meeting), where: place(log) }
    if (seal && log.order > seal.order) {
      findings.fault('roll.period', 'publishedAfterSeal', where)
      continue
    }
    const { firstWord, words, areaTotal, headsTotal, digest } = log.args
    roll.publish(firstWord, words)
    const adds = areaTotal === roll.total.area && headsTotal === roll.total.heads
    findings.require(adds && roll.areaOf(0) === 0n, 'roll.sum', 'sumDiffers', where)
    findings.require(digest === roll.digest, 'roll.digest', 'digestDiffers', where)
  }
  checkSeal(community, meeting, roll, findings)
  const { summary } = meeting
  const { total, digest } = roll
  const sums = summary?.total.area === total.area && summary.total.heads === total.heads
  findings.require(sums, 'roll.sum', 'sumAnsweredDiffers', named(meeting))
  findings.require(summary?.rollDigest === digest, 'roll.digest', 'digestAnsweredDiffers', named(meeting))
  const seen = { ...named(meeting), heads: total.heads, area: square(total.area) }
  findings.saw('roll.sum', seal ? 'sumSealed' : 'sumNotSealed', seen)
  findings.saw('roll.digest', 'digest', { ...named(meeting), words: roll.size, digest })
  return roll
}

function checkSeal(community: Community, meeting: Meeting, roll: Roll, findings: Findings): void {
  const seals = eventsOf(meeting.logs, 'RollSealed')
  const seal = seals[0]
  if (!seal) {
    findings.saw('roll.period', 'periodNotSealed', named(meeting))
    return
  }
  const { digest, areaTotal, headsTotal } = seal.args
  const adds = areaTotal === roll.total.area && headsTotal === roll.total.heads && areaTotal > 0n
  findings.require(adds, 'roll.sum', 'sealSumDiffers', named(meeting))
  findings.require(digest === roll.digest, 'roll.digest', 'sealDigestDiffers', named(meeting))
  const last = eventsOf(meeting.logs, 'RollPublished')
    .filter((log) => log.order < seal.order)
    .at(-1)
  const waited = last && timeOf(community, seal) - timeOf(community, last)
  const long = waited !== undefined && waited >= BigInt(meeting.convening.rules.rollPeriod)
  findings.require(long, 'roll.period', 'sealedTooEarly', named(meeting))
  findings.saw('roll.period', 'period', { ...named(meeting), seconds: `${waited ?? 0n}` })
}
