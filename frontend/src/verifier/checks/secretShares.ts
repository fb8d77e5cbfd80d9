/** tally.shares and tally.opened: the trustees' shares, and what they open the sums to. */
import { opened as decrypted, readShare, type Aggregate } from '@/wsb/decryption'
import { G, multiplyOpen, readPoint, type Point } from '@/wsb/group'
import { eventsOf, type Community } from '../community'
import type { Findings } from '../findings'
import { place, type Log } from '../logs'
import { named, NO_HASH, type Meeting } from '../meeting'
import { isOwn, type Ceremony } from '../secret/ceremony'
import { adoptedIn } from '../secret/form'
import { nameOf, type Opened } from '../secret/opened'

const SHARE_WORDS = 4
/** Shares by aggregate and trustee. */
type Shares = Map<string, Point>
const heldAs = (aggregate: Aggregate, trustee: number) => `${nameOf(aggregate)} ${trustee}`

/** What the checks of shares look at. */
export interface Decryption {
  community: Community
  meeting: Meeting
  ceremony: Ceremony | undefined
  opened: Opened
}

/** tally.shares: each by its trustee, over a sum of its stage, once, and proven. Gives those that can be read. */
export function checkShares(of: Decryption, findings: Findings): Shares {
  const found: Shares = new Map()
  for (const log of eventsOf(of.meeting.board, 'SharesPosted')) takeShares(of, log, found, findings)
  findings.saw('tally.shares', 'shares', { ...named(of.meeting), count: found.size })
  return found
}

function takeShares(of: Decryption, log: Log<'SharesPosted'>, found: Shares, findings: Findings): void {
  const id = 'tally.shares'
  const { community, meeting, ceremony, opened } = of
  const { stage, trustee, first, words } = log.args
  const where = { ...named(meeting), where: place(log), trustee }
  const account = ceremony?.trustees.accounts[trustee - 1]
  const known = account !== undefined && (stage === 0 || stage === 1)
  if (!findings.require(known, id, 'shareOfNoTrustee', where)) return
  findings.require(isOwn(community, log, account), id, 'shareNotOwn', where)
  const aggregates = opened.aggregates(stage).slice(first, first + Math.floor(words.length / SHARE_WORDS))
  const fits = aggregates.length > 0 && words.length === SHARE_WORDS * aggregates.length
  findings.require(fits, id, 'sharesUnfit', where)
  const sealed = {
    context: adoptedIn(meeting)?.args.context ?? NO_HASH,
    sealHash: eventsOf(meeting.logs, 'BallotsSealed')[0]?.args.sealHash ?? NO_HASH,
  }
  aggregates.forEach((aggregate, at) => {
    const held = heldAs(aggregate, trustee)
    if (!findings.require(!found.has(held), id, 'shareTwice', where)) return
    const four = words.slice(SHARE_WORDS * at, SHARE_WORDS * (at + 1))
    const [a] = opened.pair(aggregate)
    const key = ceremony!.shareKey(trustee, aggregate.side)
    const share = readShare(sealed, trustee, aggregate, key, a, four)
    findings.require(share !== undefined, id, 'shareUnproven', { ...where, motion: aggregate.motion + 1 })
    const point = readPoint(four[0]!, four[1]!)
    if (point) found.set(held, point)
  })
}

/** tally.opened: each sum once, to what the threshold's shares decrypt it to. */
export function checkOpened(of: Decryption, shares: Shares, findings: Findings): void {
  const id = 'tally.opened'
  const { meeting, ceremony, opened } = of
  const seen = new Set<string>()
  for (const log of eventsOf(meeting.board, 'SumsOpened')) {
    const { stage, first, trustees, values } = log.args
    const where = { ...named(meeting), where: place(log) }
    const enough =
      trustees.length > 0 &&
      trustees.length === ceremony?.trustees.threshold &&
      new Set(trustees).size === trustees.length
    if (!findings.require(enough, id, 'otherOpeners', where)) continue
    const aggregates = opened.aggregates(stage).slice(first, first + values.length)
    findings.require(aggregates.length === values.length, id, 'openedBeyondStage', where)
    aggregates.forEach((aggregate, at) => {
      const values_ = { ...where, motion: aggregate.motion + 1 }
      findings.require(!seen.has(nameOf(aggregate)), id, 'openedTwice', values_)
      seen.add(nameOf(aggregate))
      const held = trustees.flatMap((trustee) => {
        const d = shares.get(heldAs(aggregate, trustee))
        return d ? [{ trustee, d }] : []
      })
      const right =
        held.length === trustees.length &&
        decrypted(opened.pair(aggregate)[1], held).equals(multiplyOpen(G, values[at]!))
      findings.require(right, id, 'openedOtherwise', values_)
    })
  }
  findings.saw(id, 'opened', { ...named(meeting), count: seen.size })
}
