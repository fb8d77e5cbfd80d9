/** The communities of this system as its factory made them, and the reader of their chain. */
import { isAddressEqual } from 'viem/utils'
import type { Address, Hex } from 'viem'
import type { Api } from '@/api/api'
import type { Http } from '@/api/http'
import type { components } from '@/api/schema'
import { factoryAbi } from '@/chain/abi/factory'
import { eventsOf, topicsOf } from './events'
import { Reader } from './reader'
import { Rpc } from './rpc'

const REMEMBER_MS = 30_000

/** What the site says of itself: claims, each shown beside what the chain has. */
export interface SystemPlace {
  chainId: number
  factory: Address
  forwarder: Address
  firstBlock: number
  explorerUrl: string | null
}

export interface Community {
  /** The name in addresses: the site's own, or the registry's address where the site does not know it. */
  slug: string
  name: string | null
  /** Salted hash that stands for it on the chain. */
  community: Hex
  registry: Address
  openMeeting: Address
  secretMeeting: Address
  trusteeBoard: Address
  notary: Address
  block: number
  transaction: Hex
}

/** Something was asked for that is not on this chain. */
export class NotOnChain extends Error {}

export class Explorer {
  readonly reader: Reader

  constructor(
    private readonly http: Http,
    readonly api: Api,
  ) {
    this.reader = new Reader(new Rpc(http))
  }

  readonly system = remembered(async (): Promise<SystemPlace> => {
    const told = await this.http.get<components['schemas']['SystemPlace']>('/chain')
    return {
      chainId: told.chain_id,
      factory: told.factory as Address,
      forwarder: told.forwarder as Address,
      firstBlock: told.first_block,
      explorerUrl: told.explorer_url,
    }
  })

  /** Every community that the factory made, the latest first. */
  readonly communities = remembered(async (): Promise<Community[]> => {
    const { factory, firstBlock } = await this.system()
    const filter = { address: factory, topics: [topicsOf(factoryAbi, 'CommunityCreated')] }
    const [logs, names] = await Promise.all([this.reader.logs(filter, firstBlock), this.names()])
    return eventsOf(logs, factoryAbi, 'CommunityCreated')
      .map(({ args, block, transaction }) => {
        const { community, registry, openMeeting, secretMeeting, trusteeBoard, notary } = args
        const known = names.find((each) => isAddressEqual(each.registry, registry))
        const slug = known?.slug ?? registry.toLowerCase()
        return {
          slug,
          name: known?.name ?? null,
          community,
          registry,
          openMeeting,
          secretMeeting,
          trusteeBoard,
          notary,
          block,
          transaction,
        }
      })
      .reverse()
  })

  /** One community, by the name in an address. Throws `NotOnChain`. */
  async community(slug: string): Promise<Community> {
    const found = (await this.communities()).find((each) => each.slug === slug)
    if (!found) throw new NotOnChain(slug)
    return found
  }

  /** The community that an address belongs to, if any. */
  async communityAt(address: Address): Promise<Community | undefined> {
    return (await this.communities()).find((each) =>
      [each.registry, each.openMeeting, each.secretMeeting, each.trusteeBoard, each.notary].some((own) =>
        isAddressEqual(own, address),
      ),
    )
  }

  private async names(): Promise<{ slug: string; name: string; registry: Address }[]> {
    const briefs = await this.api.communities()
    const whole = await Promise.all(briefs.map(({ slug }) => this.api.community(slug)))
    return whole.map(({ slug, name, chain }) => ({ slug, name, registry: chain.registry }))
  }
}

/** Reads once and answers the same for a while; a failure is not remembered. */
function remembered<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; value: Promise<T> } | undefined
  return () => {
    if (kept && Date.now() - kept.at < REMEMBER_MS) return kept.value
    const value = read()
    kept = { at: Date.now(), value }
    value.catch(() => (kept = undefined))
    return value
  }
}
