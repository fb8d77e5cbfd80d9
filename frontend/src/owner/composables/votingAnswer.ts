/** Whether an owner can vote in a meeting from this phone, and if not, why: always exactly one answer. */
import type { Meeting, MeetingState, VoterLine } from '@/api/types'
import type { KeptBallot } from '@/chain/outbox'
import type { Standing } from './useStanding'

/**
 * `open`: go ahead; `voted`, `votedElsewhere`: done; `early`, `closing`, `closed`, `counted`, `lapsed`, `void`: the meeting;
 * `notOnRoll`, `outOfScope`: the roll; everything else: the owner's standing on this phone.
 */
export type VotingAnswer =
  | 'open'
  | 'voted'
  | 'votedElsewhere'
  | 'early'
  | 'closing'
  | 'closed'
  | 'counted'
  | 'lapsed'
  | 'void'
  | 'notOnRoll'
  | 'outOfScope'
  | Exclude<Standing, 'ready'>

/** What is known; `line` is missing while nobody knows which owner this is, or offline. */
export interface VotingFacts {
  meeting: Pick<Meeting, 'state' | 'scope' | 'chain_time' | 'intake_closes_at' | 'roll'>
  standing: Standing
  line?: VoterLine
  ballot?: Pick<KeptBallot, 'state'> | null
}

const OVER: Partial<Record<MeetingState, VotingAnswer>> = {
  void: 'void',
  lapsed: 'lapsed',
  closed: 'closed',
  declared: 'counted',
  final: 'counted',
}

/** The first reason that holds, in the order in which it would matter to the owner. */
export function votingAnswer({ meeting, standing, line, ballot }: VotingFacts): VotingAnswer {
  const over = OVER[meeting.state]
  if (over === 'void' || over === 'lapsed') return over
  if (ballot && ballot.state !== 'refused') return 'voted'
  if (line && line.ballot !== 'none') return 'votedElsewhere'
  if (over) return over
  if (line && line.area === 0 && meeting.roll.heads > 0)
    return meeting.scope === '*' || meeting.scope === '' ? 'notOnRoll' : 'outOfScope'
  if (meeting.state === 'open' && meeting.chain_time >= meeting.intake_closes_at) return 'closing'
  if (standing !== 'ready') return standing
  return meeting.state === 'open' ? 'open' : 'early'
}
