/** What the contracts answer about a secret meeting, beyond what every meeting has. */
import type { Hex } from 'viem'
import { SIDES } from '@/wsb/ceremony'
import { ask, type Community } from '../community'
import type { Told } from '../meeting'

const LEVELS = [0, 1, 2]
const MOST_TRUSTEES = 15

interface Ends {
  lower: bigint
  upper: bigint
}
export interface BoardKeys {
  trusteeSetHash: Hex
  threshold: number
  trustees: number
  keys: bigint[]
}
/** `undefined` where a contract refused. */
export interface SecretViews {
  context: Hex | undefined
  sealHash: Hex | undefined
  rounding: { above: bigint; below: bigint } | undefined
  /** Six coordinates by motion and level. */
  aggregates: (bigint[] | undefined)[][]
  intervals: ({ inFavour: Ends; against: Ends } | undefined)[]
  keys: BoardKeys | undefined
  /** Coordinates by trustee (from 0) and side. */
  shareKeys: (bigint[] | undefined)[][]
}

/** Ask about a secret meeting that has `motions` motions. */
export async function readSecretViews(
  { chain, links }: Community,
  { id }: Told,
  motions: number,
): Promise<SecretViews> {
  const each = Array.from({ length: motions }, (_, motion) => motion)
  const [context, sealHash, rounding, ...rest] = await ask(chain, links.secretMeeting, 'SecretMeeting', [
    ...['contextOf', 'sealHashOf', 'roundingOf'].map((name): [string, bigint] => [name, id]),
    ...each.flatMap((motion) =>
      LEVELS.map((level): [string, ...unknown[]] => ['aggregateOf', id, BigInt(motion), BigInt(level)]),
    ),
    ...each.map((motion): [string, ...unknown[]] => ['intervalOf', id, BigInt(motion)]),
  ])
  const [keys] = (await ask(chain, links.trusteeBoard, 'TrusteeBoard', [['keysOf', id]])) as [
    BoardKeys | undefined,
  ]
  const trustees = Array.from({ length: Math.min(keys?.trustees ?? 0, MOST_TRUSTEES) }, (_, at) => at + 1)
  const shareKeys = await ask(
    chain,
    links.trusteeBoard,
    'TrusteeBoard',
    trustees.flatMap((one) => SIDES.map((side): [string, ...unknown[]] => ['shareKeyOf', id, one, side])),
  )
  const sums = LEVELS.length
  return {
    context: context as Hex | undefined,
    sealHash: sealHash as Hex | undefined,
    rounding: rounding as SecretViews['rounding'],
    aggregates: each.map((at) => rest.slice(sums * at, sums * (at + 1)) as (bigint[] | undefined)[]),
    intervals: rest.slice(sums * motions) as SecretViews['intervals'],
    keys,
    shareKeys: trustees.map((_, at) => shareKeys.slice(2 * at, 2 * at + 2) as (bigint[] | undefined)[]),
  }
}
