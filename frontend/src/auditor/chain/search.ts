/** One box for everything: what a text may stand for on this chain. */
import { isAddress } from 'viem/utils'
import type { Hex } from 'viem'
import type { RouteLocationRaw } from 'vue-router'
import { Problem } from '@/api/problem'
import { hasherOf } from './ballotHash'
import { ballotAt, type Batch } from './ballots'
import { readFrozen } from './binding'
import type { Community, Explorer } from './explorer'
import { readBatches } from './meeting'

export type FoundKind = 'transaction' | 'block' | 'address' | 'voter' | 'ballot'

export interface Found {
  kind: FoundKind
  /** The text that was found. */
  value: string
  community: Community | null
  to: RouteLocationRaw
}

const HASHES = /0x[0-9a-f]{64}(?![0-9a-f])/gi
const ADDRESSES = /0x[0-9a-f]{40}(?![0-9a-f])/gi
const MOST_HASHES = 8
const MOST_NUMBER = 2 ** 32
/** Ballots hashed before the page may draw again. */
const AT_ONCE = 500

/** Everything a text stands for; a receipt may be pasted whole. */
export async function search(explorer: Explorer, text: string): Promise<Found[]> {
  const given = text.trim()
  if (/^\d{1,10}$/.test(given)) return numbered(explorer, Number(given))
  if (/^0x[0-9a-f]{40}$/i.test(given)) return isAddress(given, { strict: false }) ? [addressFound(given)] : []
  const hashes = [...new Set(given.match(HASHES)?.map((hash) => hash.toLowerCase() as Hex))]
  for (const hash of hashes.slice(0, MOST_HASHES)) {
    const found = (await hashed(explorer, hash)) ?? (await ballotFound(explorer, hash))
    if (found) return [found]
  }
  return hashes.length ? [] : (given.match(ADDRESSES) ?? []).slice(0, MOST_HASHES).map(addressFound)
}

function addressFound(value: string): Found {
  return {
    kind: 'address',
    value,
    community: null,
    to: { name: 'auditAddress', params: { address: value.toLowerCase() } },
  }
}

async function numbered(explorer: Explorer, number: number): Promise<Found[]> {
  const [head, communities] = await Promise.all([explorer.reader.head(), explorer.communities()])
  const block: Found = {
    kind: 'block',
    value: String(number),
    community: null,
    to: { name: 'auditBlock', params: { block: number } },
  }
  const voters = communities.map((community): Found => {
    const params = { slug: community.slug, voter: number }
    return { kind: 'voter', value: String(number), community, to: { name: 'auditVoter', params } }
  })
  return [...(number > 0 && number < MOST_NUMBER ? voters : []), ...(number <= head ? [block] : [])]
}

async function hashed({ reader }: Explorer, hash: Hex): Promise<Found | null> {
  const [transaction, block] = await Promise.all([reader.transaction(hash), reader.block(hash)])
  const found = { value: hash, community: null }
  if (transaction)
    return { ...found, kind: 'transaction', to: { name: 'auditTransaction', params: { hash } } }
  return block
    ? { ...found, kind: 'block', to: { name: 'auditBlock', params: { block: block.number } } }
    : null
}

/** The site's index is asked first where to look; what it says is looked up on the chain all the same. */
async function ballotFound(explorer: Explorer, hash: Hex): Promise<Found | null> {
  const hint = await explorer.api.ballot(hash).catch((cause: unknown) => {
    if (cause instanceof Problem) return null
    throw cause
  })
  for (const community of await explorer.communities()) {
    const batches = await readBatches(explorer, community)
    const likely = batches.filter(({ transaction }) => transaction === hint?.transaction)
    const found =
      (await inBatches(explorer, community, likely, hash)) ??
      (await inBatches(explorer, community, batches, hash))
    if (found) return found
  }
  return null
}

async function inBatches(
  explorer: Explorer,
  community: Community,
  batches: readonly Batch[],
  hash: Hex,
): Promise<Found | null> {
  if (batches.length === 0) return null
  const [{ chainId }, frozen] = await Promise.all([explorer.system(), readFrozen(explorer, community)])
  let hashedSoFar = 0
  for (const batch of batches) {
    const content = frozen.get(batch.meeting)
    if (!content) continue
    const hashOf = hasherOf(chainId, content)
    for (let at = 0; at < batch.count; at++) {
      if (++hashedSoFar % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve, 0))
      if (hashOf(ballotAt(batch, at)) !== hash) continue
      const to = { name: 'auditTransaction', params: { hash: batch.transaction }, query: { ballot: hash } }
      return { kind: 'ballot', value: hash, community, to }
    }
  }
  return null
}
