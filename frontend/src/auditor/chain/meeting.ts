/** One meeting as the chain has it: what was frozen, every step, its roll and its batches. */
import type { Hex } from 'viem'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { conveneHash, type Convening } from '@/chain/eip712'
import { batchesOf, type Batch } from './ballots'
import { readSummary, type Summary } from './community'
import { decoded, eventsOf, numberTopic, topicsOf, type AnyEvent, type ArgsOf } from './events'
import { NotOnChain, type Community, type Explorer } from './explorer'
import { rollOf, type Roll } from './roll'

const STEPS = [
  ...(['MeetingConvened', 'ConsentGiven', 'RollPublished', 'RollSealed', 'MeetingExtended'] as const),
  ...(['ResultDeclared', 'ObjectionRaised', 'ObjectionAnswered', 'ResultFinal', 'MeetingVoided'] as const),
]

export type Step = AnyEvent & { time: number }

/** The part of a meeting that ballots are bound to. */
export interface Frozen {
  meeting: number
  conveneHash: Hex
  convening: Convening
}

export interface MeetingOnChain extends Frozen {
  summary: Summary
  /** Whether the frozen content hashes to the hash that was consented to. */
  fits: boolean
  steps: Step[]
  declared: ArgsOf<typeof openMeetingAbi, 'ResultDeclared'> | null
}

/** Read a meeting. Throws `NotOnChain`. */
export async function readMeeting(
  explorer: Explorer,
  community: Community,
  meeting: number,
): Promise<MeetingOnChain> {
  const topics = [topicsOf(openMeetingAbi, ...STEPS), numberTopic(meeting)]
  const [{ chainId }, logs] = await Promise.all([
    explorer.system(),
    explorer.reader.logs({ address: community.openMeeting, topics }, community.block),
  ])
  const [convened] = eventsOf(logs, openMeetingAbi, 'MeetingConvened')
  if (!convened) throw new NotOnChain(`meeting ${meeting}`)
  const events = logs.flatMap((log) => decoded(log, openMeetingAbi) ?? [])
  const [summary, times] = await Promise.all([
    readSummary(explorer, community, meeting),
    readTimes(
      explorer,
      events.map(({ block }) => block),
    ),
  ])
  const convening = conveningOf(convened.args)
  const hash = conveneHash({ chainId }, community.openMeeting, meeting, convening)
  return {
    meeting,
    conveneHash: convened.args.conveneHash,
    convening,
    summary,
    fits: hash === convened.args.conveneHash && hash === summary.conveneHash,
    steps: events.map((event) => ({ ...event, time: times.get(event.block)! })),
    declared: eventsOf(logs, openMeetingAbi, 'ResultDeclared').at(-1)?.args ?? null,
  }
}

/** What the ballots of every meeting of a community are bound to, by the meeting's number. */
export async function readFrozen(explorer: Explorer, community: Community): Promise<Map<number, Frozen>> {
  const topics = [topicsOf(openMeetingAbi, 'MeetingConvened')]
  const logs = await explorer.reader.logs({ address: community.openMeeting, topics }, community.block)
  return new Map(
    eventsOf(logs, openMeetingAbi, 'MeetingConvened').map(({ args }) => {
      const meeting = Number(args.meeting)
      return [meeting, { meeting, conveneHash: args.conveneHash, convening: conveningOf(args) }]
    }),
  )
}

/** Every batch of ballots, of one meeting or of all. */
export async function readBatches(
  { reader }: Explorer,
  community: Community,
  meeting?: number,
): Promise<Batch[]> {
  const topics = [topicsOf(openMeetingAbi, 'BallotsCast', 'BallotSkipped')]
  const filter = meeting === undefined ? topics : [...topics, numberTopic(meeting)]
  return batchesOf(await reader.logs({ address: community.openMeeting, topics: filter }, community.block))
}

/** The roll as published. */
export async function readRoll({ reader }: Explorer, community: Community, meeting: number): Promise<Roll> {
  const topics = [topicsOf(openMeetingAbi, 'RollPublished'), numberTopic(meeting)]
  const logs = await reader.logs({ address: community.openMeeting, topics }, community.block)
  return rollOf(eventsOf(logs, openMeetingAbi, 'RollPublished').map(({ args }) => args))
}

/** When some blocks were made. */
export async function readTimes(
  { reader }: Explorer,
  blocks: readonly number[],
): Promise<Map<number, number>> {
  const numbers = [...new Set(blocks)]
  const times = await Promise.all(numbers.map((number) => reader.timeOf(number)))
  return new Map(numbers.map((number, at) => [number, times[at]!]))
}

function conveningOf({ convening }: ArgsOf<typeof openMeetingAbi, 'MeetingConvened'>): Convening {
  return {
    ...convening,
    motions: [...convening.motions],
    documents: [...convening.documents],
    opensAt: Number(convening.opensAt),
    closesAt: Number(convening.closesAt),
  }
}
