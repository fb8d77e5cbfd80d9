/** How far an owner has come towards voting from this phone. */
import { wasEntered } from '@/api/entered'
import { Problem, Unreachable } from '@/api/problem'
import type { KeyChange, KeyChangeState, Owner, PublicKey } from '@/api/types'
import type { OwnerKey } from '@/chain/keyStore'
import { useLive } from '@/composables/useLive'
import { useLoad, type LiveLoad } from '@/composables/useLoad'
import { useServices, type Services } from '@/services'

/**
 * `guest`: not known yet; `needsKey`: identity proven, no key; `registering`: key on its way to the chain;
 * `ready`: this phone can vote; `otherPhone`: the key lies elsewhere; `changing`: asked to move it here;
 * `refused`: the registration was refused.
 */
export type Standing = 'guest' | 'needsKey' | 'registering' | 'ready' | 'otherPhone' | 'changing' | 'refused'

export interface StandingView {
  standing: Standing
  owner?: Owner
  key?: OwnerKey
  /** The owner's latest change of key. */
  change?: KeyChange
  /** The change was asked for from this phone. */
  mine?: boolean
}

/** The page that brings an owner one step further, where there is one. */
export const NEXT_PAGE: Partial<Record<Standing, string>> = {
  guest: 'identity',
  needsKey: 'key',
  refused: 'key',
  otherPhone: 'keyChange',
  changing: 'keyChange',
}

const RUNNING: readonly KeyChangeState[] = ['submitted', 'requested', 'approved']
const SOON = { first: 3_000, longest: 15_000 }

/** Tell whether a change of key is under way and can still be stopped. */
export const isRunning = (change?: KeyChange): change is KeyChange =>
  change !== undefined && RUNNING.includes(change.state)

/** Tell whether somebody else is taking the place of the key on this phone. */
export const isThreatened = ({ key, change, mine }: StandingView): boolean =>
  key !== undefined && isRunning(change) && !mine

/** The owner's standing in a community; asked again by itself while something is on its way. */
export function useStanding(slug: string): LiveLoad<StandingView> {
  const services = useServices()
  const load = useLoad(() => readStanding(services, slug))
  useLive(
    load.refresh,
    () => load.value.value?.standing === 'registering' || isRunning(load.value.value?.change),
    SOON,
  )
  return load
}

/** Read session and key store. Without a session or network the key on this phone is enough to vote. */
export async function readStanding(
  { api, keys, nextKeys }: Pick<Services, 'api' | 'keys' | 'nextKeys'>,
  slug: string,
): Promise<StandingView> {
  const owner = await signedIn(api, slug)
  if (!owner) return strangersStanding({ api, keys, nextKeys }, slug)
  const next = await nextKeys.find(slug, owner.voter)
  const done = next !== undefined && same(next, owner.key)
  const key = done ? await nextKeys.adopt(slug, owner.voter) : await keys.find(slug, owner.voter)
  const change = owner.key_change ?? undefined
  const mine = change !== undefined && (same(next, change.key) || same(key, change.key))
  return { standing: standingOf(owner, key, mine), owner, key, change, mine }
}

function standingOf(owner: Owner, key: OwnerKey | undefined, mine: boolean): Standing {
  if (owner.key_state === 'none') return 'needsKey'
  if (!key || (owner.key && !same(key, owner.key)))
    return mine && isRunning(owner.key_change ?? undefined) ? 'changing' : 'otherPhone'
  if (owner.key_state === 'registered') return 'ready'
  return owner.key_state === 'refused' ? 'refused' : 'registering'
}

const same = (key: OwnerKey | undefined, address: string | null): boolean =>
  key !== undefined && key.address.toLowerCase() === address?.toLowerCase()

/** Nobody is logged in: what the keys on this phone are worth stands on the chain, and anyone may ask. */
async function strangersStanding(
  { api, keys, nextKeys }: Pick<Services, 'api' | 'keys' | 'nextKeys'>,
  slug: string,
): Promise<StandingView> {
  const [[held], [next]] = await Promise.all([keys.inCommunity(slug), nextKeys.inCommunity(slug)])
  const voter = held?.voter ?? next?.voter
  if (voter === undefined) return { standing: 'guest' }
  const told = await publicKey(api, slug, voter)
  const key = told && same(next, told.key) ? await nextKeys.adopt(slug, voter) : held
  const change = told?.change ?? undefined
  const mine = change !== undefined && same(next, change.key)
  if (!key) return { standing: mine ? 'changing' : 'guest', change, mine }
  const elsewhere = Boolean(told?.key) && !same(key, told!.key)
  return { standing: elsewhere ? 'otherPhone' : 'ready', key, change, mine }
}

async function publicKey(api: Services['api'], slug: string, voter: number): Promise<PublicKey | undefined> {
  try {
    return await api.keyChange(slug, voter)
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Problem) return undefined
    throw error
  }
}

async function signedIn(api: Services['api'], slug: string): Promise<Owner | undefined> {
  if (!wasEntered()) return undefined
  try {
    const owner = await api.owner()
    return owner.community === slug ? owner : undefined
  } catch (error) {
    if (error instanceof Unreachable || (error instanceof Problem && error.passing)) return undefined
    throw error
  }
}
