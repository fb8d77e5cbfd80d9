/** The recounted figures, in the JSON form of `wanjia audit --json`. Areas in 0.01 m². */
import type { Interval } from '@/wsb/coarse'
import type { Outcome } from './checks/outcome'
import { eventsOf, type Community } from './community'
import { isSpecial } from './decision'
import type { Weight } from './events'
import { closesAt, conveneHashOf, type Meeting } from './meeting'
import type { Tally } from './recount'
import type { Roll } from './roll'
import type { Opened } from './secret/opened'

interface Figures {
  area: number
  heads: number
}
export interface MeetingResult {
  meeting: number
  conveneHash: string
  opensAt: number
  closesAt: number
  declared: boolean
  final: boolean
  void: boolean
  ballots: { counted: number; skipped: number }
  total: Figures
  part: Figures
  quorum: boolean
  motions: {
    motion: number
    matter: number
    special: boolean
    inFavour: Figures
    against: Figures
    passed: boolean
    /** Of a secret meeting: the ends between which each area lies; `inFavour` and `against` have the lower ones. */
    areas?: { inFavour: Interval; against: Interval }
  }[]
}
export interface Result {
  chainId: number
  registry: string
  openMeeting: string
  secretMeeting: string
  trusteeBoard: string
  notary: string
  factory: string
  forwarder: string
  blocks: { first: number; last: number }
  meetings: MeetingResult[]
}

const figures = ({ area, heads }: Weight): Figures => ({ area: Number(area), heads })

export function resultOf(
  { chain, registry, links, first, last }: Community,
  meetings: MeetingResult[],
): Result {
  return {
    chainId: Number(chain.id),
    registry,
    openMeeting: links.openMeeting ?? '',
    secretMeeting: links.secretMeeting ?? '',
    trusteeBoard: links.trusteeBoard ?? '',
    notary: links.notary ?? '',
    factory: links.factory ?? '',
    forwarder: links.forwarder ?? '',
    blocks: { first, last },
    meetings,
  }
}

export function meetingResult(
  meeting: Meeting,
  roll: Roll,
  sums: Tally,
  outcome: Outcome,
  counted: number,
  skipped: number,
  opened?: Opened,
): MeetingResult {
  const { convening, logs } = meeting
  return {
    meeting: Number(meeting.id),
    conveneHash: conveneHashOf(meeting),
    opensAt: Number(convening.opensAt),
    closesAt: Number(closesAt(meeting)),
    declared: eventsOf(logs, 'ResultDeclared').length > 0,
    final: eventsOf(logs, 'ResultFinal').length > 0,
    void: eventsOf(logs, 'MeetingVoided').length > 0,
    ballots: { counted, skipped },
    total: figures(roll.total),
    part: figures(sums.part),
    quorum: outcome.quorum,
    motions: convening.motions.map(({ matter }, at) => ({
      motion: at,
      matter,
      special: isSpecial(matter),
      inFavour: figures(sums.motions[at]!.inFavour),
      against: figures(sums.motions[at]!.against),
      passed: outcome.passed[at]!,
      ...(opened && { areas: { inFavour: opened.area(at, 0), against: opened.area(at, 1) } }),
    })),
  }
}
