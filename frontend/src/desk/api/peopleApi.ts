/** Reviews of identity, changes of keys, staff and roles, the log, the state of the system. */
import type { Address } from 'viem'
import type { components } from '@/api/schema'
import { useDeskHttp } from './deskApi'
import type { DeskHttp } from './deskHttp'
import type { Role } from './types'

type Schemas = components['schemas']

export type ReviewState = 'pending' | 'approved' | 'refused'
export type ReviewLine = Pick<Schemas['ReviewAnswer'], 'id' | 'created_at' | 'decided_at'> & {
  state: ReviewState
}
export type ReviewPart = 'building' | 'entrance' | 'number' | 'name' | 'id_number' | 'phone'
export type Agreement = Record<'unit' | 'name' | 'id_number' | 'phone', boolean>
export type Review = Omit<Schemas['ReviewAnswer'], 'state' | 'claim' | 'agrees'> & {
  state: ReviewState
  claim: Record<ReviewPart, string>
  agrees: Agreement
}

export type KeyChangeState =
  | 'submitted'
  | 'requested'
  | 'approved'
  | 'done'
  | 'vetoed'
  | 'cancelled'
  | 'refused'
export type KeyChange = Omit<Schemas['KeyChangeLineAnswer'], 'state' | 'old_key' | 'new_key'> & {
  state: KeyChangeState
  old_key: Address | null
  new_key: Address
}

export type OfficeRole = 'operator' | 'committee' | 'supervisor'
export type Account = Omit<Schemas['AccountAnswer'], 'role'> & { role: Role }
export type Holder = Omit<Schemas['HolderAnswer'], 'role' | 'account'> & {
  role: OfficeRole
  account: Address
}
export type Proposal = Omit<Schemas['ProposalAnswer'], 'role' | 'account' | 'confirms'> & {
  role: OfficeRole
  account: Address
  confirms: OfficeRole
}
export interface Offices {
  community: string
  holders: Holder[]
  proposals: Proposal[]
}

export type LogPage = Schemas['LogPageAnswer']
export type LogLine = Schemas['LogLine']
export type Waiting = Schemas['WaitingAnswer']
export type SystemView = Schemas['SystemAnswer']

export interface LogFilter {
  username: string
  action: string
}

/** The server as the pages about people see it. */
export class PeopleApi {
  constructor(private readonly http: DeskHttp) {}

  waiting = () => this.http.get<Waiting>('/staff/waiting')
  people = () => this.http.get<{ accounts: Account[]; offices: Offices[] }>('/staff/people')
  system = () => this.http.get<SystemView>('/staff/system')

  reviews = () => this.http.get<ReviewLine[]>('/staff/reviews')
  review = (review: number) => this.http.get<Review>(`/staff/reviews/${review}`)
  decide = (review: number, decision: 'approve' | 'refuse', note: string) =>
    this.http.post<{ review: ReviewState }>(`/staff/reviews/${review}/${decision}`, { note })

  keyChanges = () => this.http.get<{ chain_time: number; changes: KeyChange[] }>('/staff/key-changes')
  cancelKeyChange = (community: string, voter: number) =>
    this.http.post<void>(`/staff/communities/${encodeURIComponent(community)}/key-changes/${voter}/cancel`)

  log(filter: LogFilter, before?: number) {
    const asked = new URLSearchParams()
    if (filter.username) asked.set('username', filter.username)
    if (filter.action) asked.set('action', filter.action)
    if (before) asked.set('before', String(before))
    return this.http.get<LogPage>(`/staff/log?${asked}`)
  }
}

/** Where an evidence file lies; that it is looked at is logged by the server. */
export const evidenceAt = (review: number, file: number): string =>
  `/api/staff/reviews/${review}/files/${file}`

/** The part of the API about people, inside a component's setup. */
export const usePeopleApi = (): PeopleApi => new PeopleApi(useDeskHttp())
