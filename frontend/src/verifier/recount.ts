/** The recount: every record of every batch judged by the protocol's rules, in the order in which it was cast. */
import type { Address, Hex } from 'viem'
import { ballotHash } from '@/wsb/ballot'
import { AGAINST, ballotsIn, choiceOn, FOR, isOverCap, isReadable, type Ballot } from './ballots'
import { eventsOf, timeOf, type Community } from './community'
import type { Weight } from './events'
import type { Keys } from './keys'
import { place, type Log } from './logs'
import { closesAt, conveneHashOf, type Meeting } from './meeting'
import type { Roll } from './roll'
import { formOf, secretBallotsIn, sizeOf } from './secret/form'
import { digestOf, domainSeparator, word, type Signed } from './signatures'

/** Why a record is not counted, in the order of the checks; 0 is counted. */
export const REASONS = [
  'Counted',
  'NotOnRoll',
  'AlreadyCast',
  'InvalidChoice',
  'OverGroupCap',
  'NotRegistered',
  'BadSignature',
  'Malformed',
] as const

/** What the contract says of a record it left out. */
export interface Skip {
  voter: number
  reason: number
}
/** Skips by the place of their records. */
export type Skips = Map<string, Skip>

export interface CastRecord extends Omit<Ballot, 'choices'> {
  /** The packed choices, or the body of a secret ballot. */
  content: Hex
  log: Log<'BallotsCast'>
  position: number
  where: string
}
/** What a record holds, whoever cast it. */
export interface Content {
  /** Why it may not be counted; 0 when it may. */
  reason: number
  unreadable: boolean
  overCap: boolean
}
export interface Judged extends CastRecord, Omit<Content, 'reason'> {
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
  const size = sizeOf(meeting)
  const read = meeting.contract === 'SecretMeeting' ? secretBallotsIn : openBallotsIn
  return eventsOf(meeting.logs, 'BallotsCast').flatMap((log) =>
    read(log.args.records, size).map((ballot, position) => ({
      ...ballot,
      ...{ log, position, where: `${place(log)}#${position}` },
    })),
  )
}

const openBallotsIn = (records: Hex) =>
  ballotsIn(records).map(({ choices, ...ballot }) => ({ ...ballot, content: word(choices) }))

/** The EIP-712 domain of what owners sign in a meeting. */
export const domainOf = (chain: bigint, { contract, address }: Meeting): Hex =>
  domainSeparator(`Wanjia ${contract}`, chain, address)

/** What the records' owners should have signed. */
export function signedBallots({ chain }: Community, meeting: Meeting, records: CastRecord[]): Signed[] {
  const domain = domainOf(chain.id, meeting)
  const conveneHash = conveneHashOf(meeting)
  const { context } = formOf(meeting)
  const digest = ({ voter, content }: CastRecord) =>
    meeting.contract === 'SecretMeeting'
      ? digestOf(domain, 'SecretBallot', [meeting.id, voter, ballotHash(context, content)])
      : digestOf(domain, 'OpenBallot', [meeting.id, conveneHash, voter, content])
  return records.map((record) => {
    const { r, s, v } = record
    return { ...{ r, s, v }, digest: digest(record) }
  })
}

/** What each record of an open meeting holds. */
export function openContents({ convening }: Meeting, records: CastRecord[]): Content[] {
  const { motions } = convening
  return records.map(({ content }) => {
    const unreadable = !isReadable(BigInt(content), motions.length)
    const overCap = isOverCap(BigInt(content), motions)
    return { reason: unreadable ? 3 : overCap ? 4 : 0, unreadable, overCap }
  })
}

/** Judge every record, with what the contract left out. */
export function judge(
  community: Community,
  meeting: Meeting,
  records: CastRecord[],
  signers: (Address | undefined)[],
  contents: Content[],
  skips: Skips,
  roll: Roll,
  keys: Keys,
): Judged[] {
  const { opensAt } = meeting.convening
  const secret = meeting.contract === 'SecretMeeting'
  const cast = new Set<number>()
  return records.map((record, at) => {
    const { voter, log } = record
    const { reason: held, ...content } = contents[at]!
    const key = keys.of(voter, log.order)
    const signer = signers[at]
    const again = cast.has(voter)
    const bySigner = key === undefined ? 5 : signer !== key ? 6 : 0
    let reason = secret ? bySigner || held : held || bySigner
    if (roll.areaOf(voter) === 0n) reason = 1
    else if (again) reason = 2
    const time = timeOf(community, log)
    const inTime = time >= opensAt && time < closesAt(meeting, log.order)
    if (reason === 0 && inTime) cast.add(voter)
    return { ...record, ...content, signer, reason, said: skips.get(record.where), again, inTime }
  })
}

/** The records that count. */
export const goodOf = (judged: Judged[]): Judged[] =>
  judged.filter(({ reason, inTime }) => reason === 0 && inTime)

/** Heads and area of those who took part. */
export function partOf(good: Judged[], roll: Roll): Weight {
  const part = { area: 0n, heads: 0 }
  for (const { voter } of good) addTo(part, roll.areaOf(voter))
  return part
}

/** Add up what is good. */
export function tally(meeting: Meeting, judged: Judged[], roll: Roll): Tally {
  const motions = meeting.convening.motions.map(() => ({
    inFavour: { area: 0n, heads: 0 },
    against: { area: 0n, heads: 0 },
  }))
  const good = goodOf(judged)
  for (const { voter, content } of good) {
    const area = roll.areaOf(voter)
    motions.forEach(({ inFavour, against }, at) => {
      const choice = choiceOn(BigInt(content), at)
      if (choice === FOR) addTo(inFavour, area)
      else if (choice === AGAINST) addTo(against, area)
    })
  }
  return { counted: good.length, part: partOf(good, roll), motions }
}

function addTo(sum: Weight, area: bigint): void {
  sum.area += area
  sum.heads += 1
}
