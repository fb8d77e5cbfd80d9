/** A transaction with everything it did. */
import { isAddressEqual } from 'viem/utils'
import type { Hex } from 'viem'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { actsOf, type Act } from './acts'
import { batchesOf, type Batch } from './ballots'
import { readFrozen, shapeOf, type Frozen } from './binding'
import { decoded, eventsOf, type AnyEvent } from './events'
import { NotOnChain, type Community, type Explorer } from './explorer'
import type { Log, Receipt, Transaction } from './reader'

export interface BatchView {
  batch: Batch
  community: Community
  frozen: Frozen
}

export interface TransactionView {
  transaction: Transaction
  /** `null` while it waits to be mined, with `time` 0. */
  receipt: Receipt | null
  time: number
  acts: Act[]
  batches: BatchView[]
  /** Events of the release's contracts; `foreign` counts all others. */
  events: AnyEvent[]
  foreign: number
}

/** Read a transaction. Throws `NotOnChain`. */
export async function readTransaction(explorer: Explorer, hash: Hex): Promise<TransactionView> {
  const { reader } = explorer
  const [transaction, receipt, { forwarder }] = await Promise.all([
    reader.transaction(hash),
    reader.receipt(hash),
    explorer.system(),
  ])
  if (!transaction) throw new NotOnChain(hash)
  const logs = receipt?.logs ?? []
  const events = logs.flatMap((log) => decoded(log) ?? [])
  const batches = await readBatchViews(explorer, logs)
  return {
    transaction,
    receipt,
    time: transaction.block === null ? 0 : await reader.timeOf(transaction.block),
    acts: transaction.to ? actsOf(transaction.to, transaction.input, forwarder) : [],
    batches,
    events: events.filter(({ name }) => name !== 'BallotsCast' && name !== 'BallotSkipped'),
    foreign: logs.length - events.length,
  }
}

/** The batches of a transaction. One in a contract that only looks like ours belongs to no community: it is left out. */
async function readBatchViews(explorer: Explorer, logs: readonly Log[]): Promise<BatchView[]> {
  const found: BatchView[] = []
  for (const { address, args, index: own } of eventsOf(logs, openMeetingAbi, 'BallotsCast')) {
    const community = await explorer.communityAt(address)
    const frozen = community && (await readFrozen(explorer, community)).get(Number(args.meeting))
    if (!community || !frozen || !isAddressEqual(frozen.contract, address)) continue
    const batch = batchesOf(logs, () => shapeOf(frozen)).find(({ index }) => index === own)
    if (batch) found.push({ batch, community, frozen })
  }
  return found
}
