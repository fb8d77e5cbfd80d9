/** What a community's registry says: who holds which office, how many keys there are, which keys changed. */
import { keccak256, stringToBytes } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { registryAbi } from '@/chain/abi/registry'
import type { MeetingState } from '@/api/types'
import { kindAt, meetingContracts, type BallotKind } from './binding'
import { decoded, eventsOf, numberTopic, topicsOf, type AnyEvent } from './events'
import type { Community, Explorer } from './explorer'

export type Office = 'operator' | 'committee' | 'supervisor' | 'unknown'
const OFFICES: readonly Exclude<Office, 'unknown'>[] = ['operator', 'committee', 'supervisor']
const ROLES = new Map<Hex, Office>(
  OFFICES.map((office) => [keccak256(stringToBytes(office.toUpperCase())), office]),
)
const STATES: readonly MeetingState[] = [
  ...(['convened', 'convened', 'notice', 'open', 'closed'] as const),
  ...(['declared', 'final', 'lapsed', 'void'] as const),
]

export interface Holder {
  office: Office
  account: Address
  since: AnyEvent
}

export interface Offices {
  holders: Holder[]
  /** Every grant, withdrawal and proposal, in order. */
  events: AnyEvent[]
}

export interface MeetingLine {
  meeting: number
  kind: BallotKind
  title: string | null
  state: MeetingState
  opensAt: number
  closesAt: number
  /** On the roll, and taken part. */
  total: { area: number; heads: number }
  part: { area: number; heads: number }
}

export type Summary = Omit<MeetingLine, 'title' | 'kind'> & { conveneHash: Hex; rollDigest: Hex }

/** The office that a role's hash stands for. */
export const officeOf = (role: unknown): Office => ROLES.get(role as Hex) ?? 'unknown'

/** Who holds which office now, replayed from the registry's events. */
export async function readOffices({ reader }: Explorer, community: Community): Promise<Offices> {
  const topics = [topicsOf(registryAbi, 'RoleGranted', 'RoleRevoked', 'RoleProposed')]
  const logs = await reader.logs({ address: community.registry, topics }, community.block)
  const events = logs.flatMap((log) => decoded(log, registryAbi) ?? [])
  const holders = new Map<string, Holder>()
  for (const event of events) {
    const { role, account } = event.args as { role: Hex; account: Address }
    if (event.name === 'RoleGranted')
      holders.set(account + role, { office: officeOf(role), account, since: event })
    if (event.name === 'RoleRevoked') holders.delete(account + role)
  }
  const order = (holder: Holder) => OFFICES.indexOf(holder.office as (typeof OFFICES)[number])
  return { holders: [...holders.values()].sort((one, other) => order(one) - order(other)), events }
}

/** How many owners have registered a key. */
export async function countKeys({ reader }: Explorer, community: Community): Promise<number> {
  const topics = [topicsOf(registryAbi, 'OwnerRegistered')]
  const logs = await reader.logs({ address: community.registry, topics }, community.block)
  return new Set(logs.map((log) => log.topics[1])).size
}

/** Every step of every change of key, in order. */
export async function readKeyChanges({ reader }: Explorer, community: Community): Promise<AnyEvent[]> {
  const topics = topicsOf(
    registryAbi,
    ...(['KeyChangeRequested', 'KeyChangeApproved', 'KeyChangeVetoed'] as const),
    ...(['KeyChangeCancelled', 'KeyChanged'] as const),
  )
  const logs = await reader.logs({ address: community.registry, topics: [topics] }, community.block)
  return logs.flatMap((log) => decoded(log, registryAbi) ?? [])
}

/** Everything the registry says of some voters' keys, in order. */
export async function readKeys(
  { reader }: Explorer,
  community: Community,
  voters: readonly number[],
): Promise<AnyEvent[]> {
  const topics = [null, voters.map(numberTopic)]
  const logs = await reader.logs({ address: community.registry, topics }, community.block)
  // Role events are indexed by hashes, which are no voter indexes.
  return logs
    .flatMap((log) => decoded(log, registryAbi) ?? [])
    .filter((event) => event.args.voter !== undefined)
}

/** The key of a voter just before a place on the chain; `null` without one. */
export function keyAt(
  events: readonly AnyEvent[],
  voter: number,
  place: { block: number; index: number },
): Address | null {
  let key: Address | null = null
  for (const event of events) {
    if (Number(event.args.voter) !== voter) continue
    if (event.block > place.block || (event.block === place.block && event.index > place.index)) break
    if (event.name === 'OwnerRegistered') key = event.args.key as Address
    if (event.name === 'KeyChanged') key = event.args.newKey as Address
  }
  return key
}

/** The meetings of a community, the latest first; titles are the site's. */
export async function readMeetings(explorer: Explorer, community: Community): Promise<MeetingLine[]> {
  const topics = [topicsOf(openMeetingAbi, 'MeetingConvened')]
  const filter = { address: meetingContracts(community), topics }
  const [logs, titles] = await Promise.all([
    explorer.reader.logs(filter, community.block),
    explorer.api.meetings(community.slug).catch(() => []),
  ])
  const lines = eventsOf(logs, openMeetingAbi, 'MeetingConvened').map(async ({ args, address }) => {
    const summary = await readSummary(explorer, address, Number(args.meeting))
    const title = titles.find((each) => each.meeting === summary.meeting)?.title ?? null
    return { ...summary, kind: kindAt(community, address), title }
  })
  return (await Promise.all(lines)).sort((one, other) => other.meeting - one.meeting)
}

/** What the contract that holds a meeting answers of it now. */
export async function readSummary(
  { reader }: Explorer,
  contract: Address,
  meeting: number,
): Promise<Summary> {
  const found = await reader.view(contract, openMeetingAbi, 'summaryOf', [BigInt(meeting)])
  const weight = ({ area, heads }: { area: bigint; heads: number }) => ({ area: Number(area), heads })
  return {
    meeting,
    state: STATES[found.state] ?? 'convened',
    opensAt: Number(found.opensAt),
    closesAt: Number(found.closesAt),
    total: weight(found.total),
    part: weight(found.part),
    conveneHash: found.conveneHash,
    rollDigest: found.rollDigest,
  }
}
