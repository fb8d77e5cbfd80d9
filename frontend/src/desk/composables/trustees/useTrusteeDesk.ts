/** Seats and board of one meeting, read again by themselves while people join and trustees work. */
import type { Address } from 'viem'
import { useLive } from '@/composables/useLive'
import { useLoad } from '@/composables/useLoad'
import { useTrusteesApi, type Board, type Seating } from '@/desk/api/trusteesApi'
import { useDeed } from '@/desk/composables/useDeed'
import { useReloadUntilChanged } from '@/desk/composables/useReloadUntilChanged'

export interface TrusteeView {
  board: Board
  seating: Seating
}

export function useTrusteeDesk(slug: string, meeting: number) {
  const api = useTrusteesApi(slug, meeting)
  const load = useLoad<TrusteeView>(async () => {
    const [board, seating] = await Promise.all([api.board(), api.seats()])
    return { board, seating }
  })
  useLive(load.refresh, () => true)
  const { error, run, state } = useDeed()
  const changed = useReloadUntilChanged(load, ({ board }) => [board.proposal, board.run?.run])

  const setSeats = (threshold: number, labels: readonly string[]) =>
    run(async () => {
      await api.setSeats(threshold, labels)
      await load.reload()
    })
  const freeSeat = (seat: number) =>
    run(async () => {
      await api.freeSeat(seat)
      await load.reload()
    })
  const propose = (accounts: readonly Address[], threshold: number) => api.propose(accounts, threshold)
  return {
    load,
    error,
    state,
    changed,
    setSeats,
    freeSeat,
    propose,
    confirm: api.confirm,
    restart: api.restart,
  }
}

export type TrusteeDeskState = ReturnType<typeof useTrusteeDesk>
