/** A transaction with everything it did. */
import type { Hex } from 'viem'
import { actsOf, type Act } from './acts'
import { batchesOf, type Batch } from './ballots'
import { decoded, type AnyEvent } from './events'
import { NotOnChain, type Community, type Explorer } from './explorer'
import { readFrozen, type Frozen } from './meeting'
import type { Receipt, Transaction } from './reader'

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
  const batches = await Promise.all(batchesOf(logs).map((batch) => placed(explorer, batch)))
  return {
    transaction,
    receipt,
    time: transaction.block === null ? 0 : await reader.timeOf(transaction.block),
    acts: transaction.to ? actsOf(transaction.to, transaction.input, forwarder) : [],
    batches: batches.filter((batch) => batch !== null),
    events: events.filter(({ name }) => name !== 'BallotsCast' && name !== 'BallotSkipped'),
    foreign: logs.length - events.length,
  }
}

/** A batch in some contract that only looks like ours belongs to no community and is not decoded further. */
async function placed(explorer: Explorer, batch: Batch): Promise<BatchView | null> {
  const community = await explorer.communityAt(batch.address)
  const frozen = community && (await readFrozen(explorer, community)).get(batch.meeting)
  return community && frozen ? { batch, community, frozen } : null
}
