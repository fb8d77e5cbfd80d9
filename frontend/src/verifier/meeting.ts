/** One meeting: its events, and what the contract answers about it. */
import type { Address, Hex } from 'viem'
import { ask, eventsOf, type Bound, type Community } from './community'
import type { Convening, Motion, MotionDecision, Summary } from './events'
import { is, type Log } from './logs'
import { readSecretViews, type SecretViews } from './secret/views'

/** The contracts that hold meetings, with the registry's name for each. */
const HOLDERS = { OpenMeeting: 'openMeeting', SecretMeeting: 'secretMeeting' } as const satisfies Record<
  string,
  Bound
>
export type Holder = keyof typeof HOLDERS

export interface Meeting {
  id: bigint
  /** The contract it was first heard of in, and where that stands; zero where the registry names none. */
  contract: Holder
  address: Address
  /** `undefined` when the node shows acts of a meeting that nobody convened. */
  convened: Log<'MeetingConvened'> | undefined
  convening: Convening
  /** All events of this meeting, the convening too. */
  logs: Log[]
  /** What the trustees' board says of it. */
  board: Log[]
  /** Events under its number of the other meeting contract. */
  strays: Log[]
  summary: Summary | undefined
  motions: (Motion | undefined)[]
  decisions: (MotionDecision | undefined)[]
  /** Of a secret meeting alone. */
  secret?: SecretViews
}

export const NO_HASH: Hex = `0x${'0'.repeat(64)}`
const NO_ADDRESS: Address = `0x${'0'.repeat(40)}`
/** What is known of a meeting that was never convened: no motion, and no time in which to vote. */
const NOTHING: Convening = {
  ...{ scopeHash: NO_HASH, motions: [], documents: [], opensAt: 0n, closesAt: 0n },
  rules: { rulesHash: NO_HASH, noticePeriod: 0, rollPeriod: 0, paperPeriod: 0, objectionPeriod: 0 },
}

/** A community that claims to have held more meetings is not believed. */
const MOST_MEETINGS = 10_000n

/** The contract that holds each meeting from 1 on, as the registry answers; nothing without an answer. */
export async function readHolders({ chain, registry }: Community): Promise<unknown[] | undefined> {
  const [count] = await ask(chain, registry, 'OwnerRegistry', [['meetingCount']])
  if (typeof count !== 'bigint' || count > MOST_MEETINGS) return undefined
  const questions = Array.from({ length: Number(count) }, (_, at): [string, bigint] => [
    'meetingContractOf',
    BigInt(at + 1),
  ])
  const holders = await ask(chain, registry, 'OwnerRegistry', questions)
  return holders.every((one) => one !== undefined) ? holders : undefined
}

/** A meeting as its events tell it. */
export type Told = Pick<Meeting, 'id' | 'contract' | 'logs' | 'board' | 'strays'>

/** Every meeting that an event names, by number: it belongs to the contract it is first heard of in. */
export function meetingsIn(community: Community): Told[] {
  const found = new Map<bigint, Told>()
  for (const log of community.logs) {
    const id = (log.args as { meeting?: bigint }).meeting
    const speaks = log.contract === 'TrusteeBoard' || log.contract in HOLDERS
    if (id === undefined || !speaks) continue
    const contract = log.contract === 'OpenMeeting' ? 'OpenMeeting' : 'SecretMeeting'
    const told = found.get(id) ?? { id, contract, logs: [], board: [], strays: [] }
    found.set(id, told)
    if (told.contract !== contract) told.strays.push(log)
    else if (log.contract === 'TrusteeBoard') told.board.push(log)
    else told.logs.push(log)
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** What its contract answers about each of them, or about the one wanted. */
export async function readMeetings(
  community: Community,
  told: Told[],
  only: number | undefined,
): Promise<Meeting[]> {
  const found: Meeting[] = []
  for (const one of told)
    if (only === undefined || one.id === BigInt(only)) found.push(await readMeeting(community, one))
  return found
}

async function readMeeting(community: Community, told: Told): Promise<Meeting> {
  const { chain, links } = community
  const { id, contract, logs } = told
  const convened = eventsOf(logs, 'MeetingConvened')[0]
  const convening = convened?.args.convening ?? NOTHING
  const count = convening.motions.length
  const each = (name: string) =>
    convening.motions.map((_, at): [string, bigint, bigint] => [name, id, BigInt(at)])
  const address = addressOf(links, contract)
  const [summary, ...answers] = await ask(chain, address, contract, [
    ['summaryOf', id],
    ...each('motionOf'),
    ...each('decisionOf'),
  ])
  return {
    ...{ ...told, address: address ?? NO_ADDRESS, convened, convening },
    summary: summary as Summary | undefined,
    motions: answers.slice(0, count) as (Motion | undefined)[],
    decisions: answers.slice(count) as (MotionDecision | undefined)[],
    ...(contract === 'SecretMeeting' && { secret: await readSecretViews(community, told, count) }),
  }
}

/** Where the contract stands that holds meetings of a kind. */
export const addressOf = (links: Community['links'], contract: Holder): Address | undefined =>
  links[HOLDERS[contract]]

/** When voting closes, by the extensions announced before the event with this order. */
export function closesAt(meeting: Meeting, order = Infinity): bigint {
  const extensions = eventsOf(meeting.logs, 'MeetingExtended').filter((log) => log.order < order)
  return extensions.at(-1)?.args.closesAt ?? meeting.convening.closesAt
}

/** The frozen hash that ballots name. */
export const conveneHashOf = ({ convened }: Meeting): Hex => convened?.args.conveneHash ?? NO_HASH

/** The event that sealed the roll. */
export const sealOf = (meeting: Meeting): Log<'RollSealed'> | undefined =>
  meeting.logs.find((log): log is Log<'RollSealed'> => is(log, 'RollSealed'))

/** A number of a meeting as findings tell it. */
export const named = (meeting: Meeting) => ({ meeting: `${meeting.id}` })
