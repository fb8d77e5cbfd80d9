/** The recount: every record of every batch judged by the protocol's rules, in the order in which it was cast. */
import type { Address, Hex } from 'viem'
import { AGAINST, ballotsIn, choiceOn, FOR, isOverCap, isReadable, type Ballot } from './ballots'
import { eventsOf, timeOf, type Community } from './community'
import type { Weight } from './events'
import type { Keys } from './keys'
import { place, type Log } from './logs'
import { closesAt, conveneHashOf, type Meeting } from './meeting'
import type { Roll } from './roll'
import { digestOf, domainSeparator, type Signed } from './signatures'

/** Why a record is not counted, in the order of the checks; 0 is counted. */
export const REASONS = [
  'Counted',
  'NotOnRoll',
  'AlreadyCast',
  'InvalidChoice',
  'OverGroupCap',
  'NotRegistered',
  'BadSignature',
] as const

/** What the contract says of a record it left out. */
export interface Skip {
  voter: number
  reason: number
}
/** Skips by the place of their records. */
export type Skips = Map<string, Skip>

export interface CastRecord extends Ballot {
  log: Log<'BallotsCast'>
  position: number
  where: string
}
export interface Judged extends CastRecord {
  signer: Address | undefined
  /** What the protocol says of it. */
  reason: number
  /** The contract's skip; nothing when it counted the record. */
  said: Skip | undefined
  /** The voter had a good ballot before. */
  again: boolean
  /** The batch lies within the time of voting. */
  inTime: boolean
}
export interface Tally {
  counted: number
  part: Weight
  motions: { inFavour: Weight; against: Weight }[]
}

/** All records of a meeting, in order. */
export function recordsOf(meeting: Meeting): CastRecord[] {
  return eventsOf(meeting.logs, 'BallotsCast').flatMap((log) =>
    ballotsIn(log.args.records).map((ballot, position) => ({
      ...ballot,
      ...{ log, position, where: `${place(log)}#${position}` },
    })),
  )
}

/** The EIP-712 domain of what owners sign in a meeting. */
export const domainOf = (chain: bigint, { contract, address }: Meeting): Hex =>
  domainSeparator(`Wanjia ${contract}`, chain, address)

/** What the records' owners should have signed. */
export function signedBallots({ chain }: Community, meeting: Meeting, records: CastRecord[]): Signed[] {
  const domain = domainOf(chain.id, meeting)
  const conveneHash = conveneHashOf(meeting)
  return records.map(({ voter, choices, r, s, v }) => ({
    ...{ r, s, v },
    digest: digestOf(domain, 'OpenBallot', [meeting.id, conveneHash, voter, choices]),
  }))
}

/** Judge every record, with what the contract left out. */
export function judge(
  community: Community,
  meeting: Meeting,
  records: CastRecord[],
  signers: (Address | undefined)[],
  skips: Skips,
  roll: Roll,
  keys: Keys,
): Judged[] {
  const { motions, opensAt } = meeting.convening
  const cast = new Set<number>()
  return records.map((record, at) => {
    const { voter, choices, log } = record
    const key = keys.of(voter, log.order)
    const signer = signers[at]
    const again = cast.has(voter)
    let reason = 0
    if (roll.areaOf(voter) === 0n) reason = 1
    else if (again) reason = 2
    else if (!isReadable(choices, motions.length)) reason = 3
    else if (isOverCap(choices, motions)) reason = 4
    else if (key === undefined) reason = 5
    else if (signer !== key) reason = 6
    const time = timeOf(community, log)
    const inTime = time >= opensAt && time < closesAt(meeting, log.order)
    if (reason === 0 && inTime) cast.add(voter)
    return { ...record, signer, reason, said: skips.get(record.where), again, inTime }
  })
}

/** Add up what is good. */
export function tally(meeting: Meeting, judged: Judged[], roll: Roll): Tally {
  const part = { area: 0n, heads: 0 }
  const motions = meeting.convening.motions.map(() => ({
    inFavour: { area: 0n, heads: 0 },
    against: { area: 0n, heads: 0 },
  }))
  const good = judged.filter(({ reason, inTime }) => reason === 0 && inTime)
  for (const { voter, choices } of good) {
    const area = roll.areaOf(voter)
    addTo(part, area)
    motions.forEach(({ inFavour, against }, at) => {
      const choice = choiceOn(choices, at)
      if (choice === FOR) addTo(inFavour, area)
      else if (choice === AGAINST) addTo(against, area)
    })
  }
  return { counted: good.length, part, motions }
}

function addTo(sum: Weight, area: bigint): void {
  sum.area += area
  sum.heads += 1
}
