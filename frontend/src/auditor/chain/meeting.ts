/** One meeting as the chain has it: what was frozen, every step, its roll and its batches. */
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { secretMeetingAbi } from '@/chain/abi/secretMeeting'
import { conveneHash } from '@/chain/eip712'
import { batchesOf, type Batch } from './ballots'
import { conveningOf, kindAt, meetingContracts, readFrozen, shapeOf, type Frozen } from './binding'
import { readSummary, type Summary } from './community'
import { decoded, eventsOf, numberTopic, topicsOf, type AnyEvent, type ArgsOf } from './events'
import { NotOnChain, type Community, type Explorer } from './explorer'
import { rollOf, type Roll } from './roll'
import { readSealedSums, type SealedSums } from './sealedSums'

const STEPS = [
  ...(['MeetingConvened', 'ConsentGiven', 'RollPublished', 'RollSealed', 'MeetingExtended'] as const),
  ...(['ResultDeclared', 'ObjectionRaised', 'ObjectionAnswered', 'ResultFinal', 'MeetingVoided'] as const),
  ...(['KeysAdopted', 'BallotsSealed'] as const),
]

export type Step = AnyEvent & { time: number }

export interface MeetingOnChain extends Frozen {
  summary: Summary
  /** Whether the frozen content hashes to the hash that was consented to. */
  fits: boolean
  steps: Step[]
  declared: ArgsOf<typeof openMeetingAbi, 'ResultDeclared'> | null
  /** What a secret meeting holds beside; `null` for an open one. */
  sealed: SealedSums | null
}

/** Read a meeting. Throws `NotOnChain`. */
export async function readMeeting(
  explorer: Explorer,
  community: Community,
  meeting: number,
): Promise<MeetingOnChain> {
  const topics = [topicsOf(secretMeetingAbi, ...STEPS), numberTopic(meeting)]
  const [{ chainId }, logs] = await Promise.all([
    explorer.system(),
    explorer.reader.logs({ address: meetingContracts(community), topics }, community.block),
  ])
  const [convened] = eventsOf(logs, openMeetingAbi, 'MeetingConvened')
  if (!convened) throw new NotOnChain(`meeting ${meeting}`)
  const [contract, kind] = [convened.address, kindAt(community, convened.address)]
  const events = logs.flatMap((log) => decoded(log, secretMeetingAbi) ?? [])
  const convening = conveningOf(convened.args)
  const [summary, sealed, times] = await Promise.all([
    readSummary(explorer, contract, meeting),
    kind === 'secret' ? readSealedSums(explorer, community, meeting, convening.motions.length) : null,
    readTimes(
      explorer,
      events.map(({ block }) => block),
    ),
  ])
  const hash = conveneHash({ chainId }, contract, meeting, convening)
  return {
    meeting,
    kind,
    contract,
    context: sealed?.context ?? null,
    conveneHash: convened.args.conveneHash,
    convening,
    summary,
    fits: hash === convened.args.conveneHash && hash === summary.conveneHash,
    steps: events.map((event) => ({ ...event, time: times.get(event.block)! })),
    declared: eventsOf(logs, openMeetingAbi, 'ResultDeclared').at(-1)?.args ?? null,
    sealed,
  }
}

/** Every batch of ballots, of one meeting or of all. */
export async function readBatches(
  explorer: Explorer,
  community: Community,
  meeting?: number,
): Promise<Batch[]> {
  const topics = [topicsOf(openMeetingAbi, 'BallotsCast', 'BallotSkipped')]
  const filter = meeting === undefined ? topics : [...topics, numberTopic(meeting)]
  const [logs, frozen] = await Promise.all([
    explorer.reader.logs({ address: meetingContracts(community), topics: filter }, community.block),
    readFrozen(explorer, community),
  ])
  return batchesOf(logs, (_, number) => shapeOf(frozen.get(number)))
}

/** The roll as published, and what the contract says of it. Throws `NotOnChain`. */
export async function readRoll(
  explorer: Explorer,
  community: Community,
  meeting: number,
): Promise<{ roll: Roll; summary: Summary }> {
  const contract = (await readFrozen(explorer, community)).get(meeting)?.contract
  if (!contract) throw new NotOnChain(`meeting ${meeting}`)
  const topics = [topicsOf(openMeetingAbi, 'RollPublished'), numberTopic(meeting)]
  const [logs, summary] = await Promise.all([
    explorer.reader.logs({ address: contract, topics }, community.block),
    readSummary(explorer, contract, meeting),
  ])
  return { roll: rollOf(eventsOf(logs, openMeetingAbi, 'RollPublished').map(({ args }) => args)), summary }
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
