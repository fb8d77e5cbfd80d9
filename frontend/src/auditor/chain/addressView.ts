/** What stands at an address: a contract of a community, an office, an owner's key. */
import { isAddressEqual } from 'viem/utils'
import type { Address } from 'viem'
import { registryAbi } from '@/chain/abi/registry'
import { trusteeBoardAbi } from '@/chain/abi/trusteeBoard'
import { cloneTarget, contractOf, type ContractName } from './code'
import { officeOf, type Office } from './community'
import { decoded, eventsOf, topicsOf } from './events'
import type { Community, Explorer } from './explorer'

export interface AddressView {
  address: Address
  nonce: number
  /** Bytes of code; 0 for an account that a key holds. */
  bytes: number
  /** Which contract of the release its code is, and where that code is for a clone. */
  contract: ContractName | null
  target: Address | null
  community: Community | null
  offices: { community: Community; office: Office }[]
  keys: { community: Community; voter: number; block: number }[]
  /** Meetings of which it was agreed to be a trustee, and the trustee's number. */
  trusteeOf: { community: Community; meeting: number; trustee: number }[]
}

export async function readAddress(explorer: Explorer, address: Address): Promise<AddressView> {
  const { reader } = explorer
  const [code, nonce, communities] = await Promise.all([
    reader.code(address),
    reader.nonce(address),
    explorer.communities(),
  ])
  const target = cloneTarget(code)
  const running = target ? await reader.code(target) : code
  const found = { address, nonce, bytes: (code.length - 2) / 2, target, contract: contractOf(running) }
  const community = (await explorer.communityAt(address)) ?? null
  if (found.bytes > 0) return { ...found, community, offices: [], keys: [], trusteeOf: [] }
  const [offices, keys, seats] = await Promise.all([
    Promise.all(communities.map((each) => officesIn(explorer, each, address))),
    Promise.all(communities.map((each) => keysIn(explorer, each, address))),
    Promise.all(communities.map((each) => seatsIn(explorer, each, address))),
  ])
  return { ...found, community, offices: offices.flat(), keys: keys.flat(), trusteeOf: seats.flat() }
}

async function officesIn({ reader }: Explorer, community: Community, address: Address) {
  const office = officeOf(await reader.view(community.registry, registryAbi, 'roleOf', [address]))
  return office === 'unknown' ? [] : [{ community, office }]
}

/** The voters whose key this address is or was: keys are not indexed, so all of them are looked through. */
async function keysIn({ reader }: Explorer, community: Community, address: Address) {
  const topics = [topicsOf(registryAbi, 'OwnerRegistered', 'KeyChanged')]
  const logs = await reader.logs({ address: community.registry, topics }, community.block)
  const mark = address.slice(2).toLowerCase()
  return logs
    .filter(({ data }) => data.toLowerCase().includes(mark))
    .flatMap((log) => decoded(log, registryAbi) ?? [])
    .filter(({ args }) => isAddressEqual((args.key ?? args.newKey) as Address, address))
    .map(({ args, block }) => ({ community, voter: Number(args.voter), block }))
}

/** The meetings whose trustees, as the supervisor agreed to them, this address is one of. */
async function seatsIn({ reader }: Explorer, community: Community, address: Address) {
  const topics = [topicsOf(trusteeBoardAbi, 'TrusteesProposed', 'TrusteesConfirmed')]
  const logs = await reader.logs({ address: community.trusteeBoard, topics }, community.block)
  const agreed = new Set(
    eventsOf(logs, trusteeBoardAbi, 'TrusteesConfirmed').map(({ args }) => args.trusteeSetHash),
  )
  const seats = new Map<number, number>()
  for (const { args } of eventsOf(logs, trusteeBoardAbi, 'TrusteesProposed')) {
    const at = args.accounts.findIndex((account) => isAddressEqual(account, address))
    if (at >= 0 && agreed.has(args.trusteeSetHash)) seats.set(Number(args.meeting), at + 1)
  }
  return [...seats].map(([meeting, trustee]) => ({ community, meeting, trustee }))
}
