/** What a secret meeting's contracts say of its sums: sealed or not, how they were rounded, what was opened. */
import type { Hex } from 'viem'
import { secretMeetingAbi } from '@/chain/abi/secretMeeting'
import { trusteeBoardAbi } from '@/chain/abi/trusteeBoard'
import { eventsOf, numberTopic, topicsOf } from './events'
import type { Community, Explorer } from './explorer'

const NO_HASH = /^0x0*$/
/** A motion's sums of stage 0: heads for, heads against, rounded area for, rounded area against. */
const SUMS = 4

/** Ends between which an area lies, 0.01 m². */
export interface Bounds {
  lower: number
  upper: number
}

export interface OpenedMotion {
  /** `null` while the sum is closed. */
  heads: { inFavour: number | null; against: number | null }
  inFavour: Bounds
  against: Bounds
}

export interface SealedSums {
  context: Hex | null
  sealHash: Hex | null
  /** Of those who took part, 0.01 m²: by how much areas lie above and below their rounded areas. */
  rounding: { above: number; below: number }
  motions: OpenedMotion[]
}

/** Read them as they are now. */
export async function readSealedSums(
  { reader }: Explorer,
  community: Community,
  meeting: number,
  motions: number,
): Promise<SealedSums> {
  const ask = (name: 'contextOf' | 'sealHashOf') =>
    reader.view(community.secretMeeting, secretMeetingAbi, name, [BigInt(meeting)])
  const topics = [topicsOf(trusteeBoardAbi, 'SumsOpened'), numberTopic(meeting)]
  const intervals = Array.from({ length: motions }, (_, motion) =>
    reader.view(community.secretMeeting, secretMeetingAbi, 'intervalOf', [BigInt(meeting), BigInt(motion)]),
  )
  const [context, seal, [above, below], logs, bounds] = await Promise.all([
    ask('contextOf'),
    ask('sealHashOf'),
    reader.view(community.secretMeeting, secretMeetingAbi, 'roundingOf', [BigInt(meeting)]),
    reader.logs({ address: community.trusteeBoard, topics }, community.block),
    Promise.all(intervals),
  ])
  const opened = new Map<number, number>()
  for (const { args } of eventsOf(logs, trusteeBoardAbi, 'SumsOpened')) {
    if (args.stage === 0) args.values.forEach((value, at) => opened.set(args.first + at, Number(value)))
  }
  return {
    context: hashOrNull(context),
    sealHash: hashOrNull(seal),
    rounding: { above: Number(above), below: Number(below) },
    motions: bounds.map(([inFavour, against], motion) => ({
      heads: {
        inFavour: opened.get(SUMS * motion) ?? null,
        against: opened.get(SUMS * motion + 1) ?? null,
      },
      inFavour: boundsOf(inFavour),
      against: boundsOf(against),
    })),
  }
}

const hashOrNull = (value: Hex): Hex | null => (NO_HASH.test(value) ? null : value)
const boundsOf = ({ lower, upper }: { lower: bigint; upper: bigint }): Bounds => ({
  lower: Number(lower),
  upper: Number(upper),
})
