/** How far an owner has come towards voting from this phone. */
import { onUnmounted } from 'vue'
import { Problem, Unreachable } from '@/api/problem'
import type { Owner } from '@/api/types'
import type { OwnerKey } from '@/chain/keyStore'
import { useServices, type Services } from '@/services'
import { useLoad } from '@/composables/useLoad'

/**
 * `guest`: not known yet; `needsKey`: identity proven, no key; `registering`: key on its way to the chain;
 * `ready`: this phone can vote; `otherPhone`: the key lies elsewhere; `refused`: the registration was refused.
 */
export type Standing = 'guest' | 'needsKey' | 'registering' | 'ready' | 'otherPhone' | 'refused'

export interface StandingView {
  standing: Standing
  owner?: Owner
  key?: OwnerKey
}

const AGAIN_MS = 3_000

/** The owner's standing in a community; asked again by itself while the key is being registered. */
export function useStanding(slug: string) {
  const services = useServices()
  let timer: ReturnType<typeof setTimeout> | undefined
  const load = useLoad(async () => {
    const view = await readStanding(services, slug)
    if (view.standing === 'registering') timer = setTimeout(() => void load.reload(), AGAIN_MS)
    return view
  })
  onUnmounted(() => clearTimeout(timer))
  return load
}

/** Read session and key store. Without a session or network the key on this phone is enough to vote. */
export async function readStanding({ api, keys }: Services, slug: string): Promise<StandingView> {
  const owner = await signedIn(api, slug)
  if (!owner) {
    const [key] = await keys.inCommunity(slug)
    return key ? { standing: 'ready', key } : { standing: 'guest' }
  }
  const key = await keys.find(slug, owner.voter)
  return { standing: standingOf(owner, key), owner, key }
}

function standingOf(owner: Owner, key: OwnerKey | undefined): Standing {
  if (owner.key_state === 'none') return 'needsKey'
  if (!key || (owner.key && owner.key.toLowerCase() !== key.address.toLowerCase())) return 'otherPhone'
  return owner.key_state === 'registered'
    ? 'ready'
    : owner.key_state === 'refused'
      ? 'refused'
      : 'registering'
}

async function signedIn(api: Services['api'], slug: string): Promise<Owner | undefined> {
  try {
    const owner = await api.owner()
    return owner.community === slug ? owner : undefined
  } catch (error) {
    if (error instanceof Unreachable || (error instanceof Problem && error.status === 401)) return undefined
    throw error
  }
}
