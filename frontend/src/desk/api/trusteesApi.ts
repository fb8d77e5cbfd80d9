/** Trustees of a secret meeting as the desk asks for them: seats, the board, the officials' calls. */
import type { Address, Hex } from 'viem'
import type { components } from '@/api/schema'
import type { BoardView } from '@/trustee/chain/board'
import { useDeskHttp } from './deskApi'
import type { DeskHttp } from './deskHttp'
import type { Call } from './types'

type Schemas = components['schemas']

export type Seat = Omit<Schemas['StaffSeatAnswer'], 'account'> & { account: Address | null }
/** The offices that are to keep the keys; `threshold` of them open a sum. */
export interface Seating {
  threshold: number | null
  seats: Seat[]
}
export type Board = BoardView & { threshold: number | null }

/** The trustees of one meeting. */
export class TrusteesApi {
  constructor(
    private readonly http: DeskHttp,
    private readonly slug: string,
    private readonly meeting: number,
  ) {}

  board = () => this.http.get<Board>(this.at)
  seats = () => this.http.get<Seating>(`/staff${this.at}/seats`)
  setSeats = (threshold: number, labels: readonly string[]) =>
    this.http.put<Seating>(`/staff${this.at}/seats`, { threshold, labels })
  freeSeat = (seat: number) => this.http.post<Seating>(`/staff${this.at}/seats/${seat}/free`)
  propose = (accounts: readonly Address[], threshold: number) =>
    this.calls(this.http.post<Call>(`/staff${this.at}/proposal`, { accounts, threshold }))
  confirm = () => this.calls(this.http.get<Call>(`/staff${this.at}/confirmation`))
  restart = (hash: Hex) => this.calls(this.http.post<Call>(`/staff${this.at}/restart`, { hash }))

  private get at(): string {
    return `/communities/${encodeURIComponent(this.slug)}/meetings/${this.meeting}/trustees`
  }
  private async calls(call: Promise<Call>): Promise<readonly Call[]> {
    return [await call]
  }
}

/** The trustees of one meeting, inside a component's setup. */
export const useTrusteesApi = (slug: string, meeting: number): TrusteesApi =>
  new TrusteesApi(useDeskHttp(), slug, meeting)
