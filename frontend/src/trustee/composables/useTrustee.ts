/** All that a trustee's page shows and does; the rehearsal runs on the same with another world. */
import { computed, watch } from 'vue'
import type { Meeting } from '@/api/types'
import { useLive, type Pace } from '@/composables/useLive'
import { useLoad } from '@/composables/useLoad'
import type { ForwarderPlace } from '@/desk/chain/forwarding'
import type { TrusteeApi } from '../api'
import { placeOf } from '../chain/board'
import { restartOf, standingOf, trusteeLines } from '../chain/standing'
import { SeatTaken, type Vault } from '../vault/vault'
import { useCeremony } from './useCeremony'
import { useSeed } from './useSeed'

/** What a trustee's page needs to know of the meeting. */
export type TrusteeMeeting = Pick<Meeting, 'title' | 'state' | 'opens_at' | 'closes_at'> & {
  /** The keys the meeting adopted, and the code that owners see of them; nothing before. */
  adopted?: { keys: NonNullable<Meeting['keys']>; code: string }
}

/** Where a trustee acts: the server and this browser's store, or a rehearsal. */
export interface TrusteeWorld {
  slug: string
  meeting: number
  api: TrusteeApi
  vault: Vault
  place: () => Promise<ForwarderPlace>
  about: () => Promise<TrusteeMeeting>
  /** Of the invitation that opened the page. */
  token: string
  /** A throw-away seed and nobody else: the pages say so. */
  rehearsal: boolean
  pace?: Pace
  pause?: () => Promise<void>
  iterations?: number
}

export type Trustee = ReturnType<typeof useTrustee>

const PACE: Pace = { first: 3_000, longest: 15_000 }

export function useTrustee(world: TrusteeWorld) {
  const { api, vault, slug, meeting } = world
  const seed = useSeed(vault, api, slug, meeting, world.iterations)
  const load = useLoad(async () => {
    const [board, about] = await Promise.all([api.board(), world.about(), seed.found])
    return { board, about }
  })
  const ceremony = useCeremony({
    ...{ api, vault, seed, place: world.place, refresh: load.refresh },
    board: () => load.value.value?.board,
    ...(world.pause ? { pause: world.pause } : {}),
  })
  const standing = computed(() => {
    const { board, about } = load.value.value ?? {}
    return board && about ? standingOf(board, about.state, seed.held.value, world.token !== '') : undefined
  })
  const board = computed(() => load.value.value?.board)
  const lines = computed(() => (board.value ? trusteeLines(board.value, seed.held.value?.account) : []))
  const restart = computed(() => board.value && restartOf(board.value))
  useLive(load.refresh, () => true, world.pace ?? PACE)

  // what was signed before a reload goes on as soon as the seed is there; once, whatever comes of it
  const ready = computed(() => (seed.seed.value ? standing.value?.trustee : undefined))
  watch(ready, (trustee, before) => {
    if (trustee && !before && seed.held.value?.act) void ceremony.resume(trustee)
  })

  const makeSeed = async (passphrase: string): Promise<void> => {
    const { seat, label, taken } = await api.invitation(world.token)
    if (taken) throw new SeatTaken()
    await seed.make(placeOf(board.value!), seat, label, passphrase)
  }
  const takeSeat = async (): Promise<void> => {
    await seed.takeSeat(world.token)
    await load.refresh()
  }
  const restore = (text: string, passphrase: string): Promise<void> =>
    seed.restore(text, passphrase, placeOf(board.value!))
  return { world, load, board, standing, lines, restart, seed, ceremony, makeSeed, takeSeat, restore }
}
