/** registry.key-change, last part: the registry answers the keys and the changes under way that its events tell. */
import type { Address } from 'viem'
import { ask, eventsOf, type Community } from '../community'
import type { Findings } from '../findings'
import { votersIn } from '../roll'
import type { Pending, RegistryHistory } from './registry'

const PAGE = 500

export interface Answered {
  voters: number[]
  keys: (Address | undefined)[] | undefined
  changed: number[]
  pending: (Pending | undefined)[]
}

/** Ask for everybody who has a key by the events, and for everybody on a roll: a hidden registration shows there. */
export async function readAnswered(community: Community, { keys }: RegistryHistory): Promise<Answered> {
  const { chain, registry, logs } = community
  const voters = new Set(keys.voters)
  for (const { args } of eventsOf(logs, 'RollPublished'))
    for (const voter of votersIn(args.firstWord, args.words)) voters.add(voter)
  const all = [...voters].sort((a, b) => a - b)
  const changed = [...new Set(eventsOf(logs, 'KeyChangeRequested').map(({ args }) => args.voter))]
  const pages: [string, `0x${string}`][] = []
  for (let at = 0; at < all.length; at += PAGE) {
    const packed = all.slice(at, at + PAGE).map((voter) => voter.toString(16).padStart(8, '0'))
    pages.push(['keysOf', `0x${packed.join('')}`])
  }
  const answers = (await ask(chain, registry, 'OwnerRegistry', pages)) as (Address[] | undefined)[]
  const complete = answers.every((page, at) => page?.length === Math.min(PAGE, all.length - at * PAGE))
  const pending = await ask(
    chain,
    registry,
    'OwnerRegistry',
    changed.map((voter): [string, number] => ['keyChangeOf', voter]),
  )
  return {
    voters: all,
    keys: complete ? answers.flatMap((page) => page!) : undefined,
    changed,
    pending: pending as (Pending | undefined)[],
  }
}

export function checkAnswered(history: RegistryHistory, answered: Answered, findings: Findings): void {
  const id = 'registry.key-change'
  const { keys, pending } = history
  findings.require(answered.keys !== undefined, id, 'keysUnanswered')
  answered.keys?.forEach((key, at) => {
    const voter = answered.voters[at]!
    findings.require(BigInt(key ?? 0) === BigInt(keys.of(voter) ?? 0), id, 'keyAnsweredDiffers', { voter })
  })
  answered.changed.forEach((voter, at) => {
    const expected = pending.get(voter)
    const found = answered.pending[at]
    const same =
      found !== undefined &&
      BigInt(found.newKey) === BigInt(expected?.newKey ?? 0) &&
      found.effectiveAt === (expected?.effectiveAt ?? 0n)
    findings.require(same, id, 'changeAnsweredDiffers', { voter })
  })
}
