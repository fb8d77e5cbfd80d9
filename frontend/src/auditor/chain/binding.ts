/** What the ballots of a community's meetings are bound to, whichever of its two contracts holds the meeting. */
import { isAddressEqual } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { secretMeetingAbi } from '@/chain/abi/secretMeeting'
import type { Convening } from '@/chain/eip712'
import { groupsOf, HEAD_BYTES, MOTION_WORDS } from '@/wsb/form'
import { eventsOf, topicsOf, type ArgsOf } from './events'
import type { Community, Explorer } from './explorer'

/** Whether everybody reads a meeting's ballots, or nobody. */
export type BallotKind = 'open' | 'secret'

/** How a meeting's records lie in a batch. */
export interface Shape {
  kind: BallotKind
  /** Bytes of a record. */
  size: number
}

export const OPEN_SHAPE: Shape = { kind: 'open', size: 77 }

/** The part of a meeting that ballots are bound to. */
export interface Frozen {
  meeting: number
  kind: BallotKind
  contract: Address
  conveneHash: Hex
  convening: Convening
  /** What the proofs of a secret meeting are bound to; `null` before its keys are adopted. */
  context: Hex | null
}

/** The contracts that hold a community's meetings. Both announce the same steps by the same events. */
export const meetingContracts = ({ openMeeting, secretMeeting }: Community): Address[] => [
  openMeeting,
  secretMeeting,
]

/** Which kind of ballots a contract of a community takes. */
export const kindAt = ({ secretMeeting }: Community, contract: Address): BallotKind =>
  isAddressEqual(secretMeeting, contract) ? 'secret' : 'open'

/** What the ballots of every meeting of a community are bound to, by the meeting's number. */
export async function readFrozen({ reader }: Explorer, community: Community): Promise<Map<number, Frozen>> {
  const topics = [topicsOf(secretMeetingAbi, 'MeetingConvened', 'KeysAdopted')]
  const logs = await reader.logs({ address: meetingContracts(community), topics }, community.block)
  const contexts = new Map(
    eventsOf(logs, secretMeetingAbi, 'KeysAdopted').map(({ args }) => [Number(args.meeting), args.context]),
  )
  return new Map(
    eventsOf(logs, openMeetingAbi, 'MeetingConvened').map(({ args, address }) => {
      const meeting = Number(args.meeting)
      const { conveneHash } = args
      const [kind, context] = [kindAt(community, address), contexts.get(meeting) ?? null]
      return [
        meeting,
        { meeting, kind, contract: address, conveneHash, convening: conveningOf(args), context },
      ]
    }),
  )
}

/** How the records of a meeting lie in a batch. */
export function shapeOf(frozen: Frozen | undefined): Shape {
  if (frozen?.kind !== 'secret') return OPEN_SHAPE
  const motions = frozen.convening.motions.map(({ group, cap }) => ({ group, cap }))
  const proofs = groupsOf(motions).reduce((words, { most }) => words + 2 * (most + 1), 0)
  return { kind: 'secret', size: HEAD_BYTES + 32 * (MOTION_WORDS * motions.length + proofs) }
}

/** The frozen content as it is hashed. */
export function conveningOf({ convening }: ArgsOf<typeof openMeetingAbi, 'MeetingConvened'>): Convening {
  return {
    ...convening,
    motions: [...convening.motions],
    documents: [...convening.documents],
    opensAt: Number(convening.opensAt),
    closesAt: Number(convening.closesAt),
  }
}
