/** What the trustees of a secret meeting and its officials did on the trustees' board, in order. */
import type { Address } from 'viem'
import { trusteeBoardAbi } from '@/chain/abi/trusteeBoard'
import { decoded, numberTopic, type AnyEvent } from './events'
import type { Community, Explorer } from './explorer'
import { readTimes } from './meeting'
import type { Log } from './reader'

export interface Trustees {
  /** Trustees count from 1 in this order. */
  accounts: readonly Address[]
  /** How many of them open a sum. */
  threshold: number
}

export interface BoardAct extends AnyEvent {
  /** Whose act it was; `null` for an official's, and for what anybody may do. */
  trustee: { number: number; account: Address } | null
  run: number | null
}

export interface Board {
  /** Those agreed to last; `null` before. */
  trustees: Trustees | null
  acts: (BoardAct & { time: number })[]
}

/** Read everything on the board about a meeting. */
export async function readBoard(explorer: Explorer, community: Community, meeting: number): Promise<Board> {
  const filter = { address: community.trusteeBoard, topics: [null, numberTopic(meeting)] }
  const { trustees, acts } = boardOf(await explorer.reader.logs(filter, community.block))
  const times = await readTimes(
    explorer,
    acts.map(({ block }) => block),
  )
  return { trustees, acts: acts.map((act) => ({ ...act, time: times.get(act.block)! })) }
}

/** The acts in some logs, each with its trustee by the set that was agreed to at that moment. */
export function boardOf(logs: readonly Log[]): { trustees: Trustees | null; acts: BoardAct[] } {
  const proposed = new Map<unknown, Trustees>()
  let trustees: Trustees | null = null
  const acts: BoardAct[] = []
  for (const log of logs) {
    const event = decoded(log, trusteeBoardAbi)
    if (!event) continue
    const { args } = event
    if (event.name === 'TrusteesProposed') {
      const { accounts, threshold, trusteeSetHash } = args as unknown as Trustees & { trusteeSetHash: string }
      proposed.set(trusteeSetHash, { accounts, threshold })
    }
    if (event.name === 'TrusteesConfirmed') trustees = proposed.get(args.trusteeSetHash) ?? null
    const number = args.trustee === undefined ? 0 : Number(args.trustee)
    const account = trustees?.accounts[number - 1]
    acts.push({
      ...event,
      trustee: account ? { number, account } : null,
      run: args.run === undefined ? null : Number(args.run),
    })
  }
  return { trustees, acts }
}
