/** Deliberation: concerns as residents raise, read and support them. */
import type { components } from '@/api/schema'
import type { Http } from '@/api/http'
import { useServices } from '@/services'

type Schemas = components['schemas']

export const KINDS = [
  'repair',
  'cleaning',
  'noise',
  'parking',
  'safety',
  'greenery',
  'service',
  'neighbours',
  'money',
  'other',
] as const
export type ConcernKind = (typeof KINDS)[number]
export type ConcernState = 'raised' | 'taken' | 'answered' | 'closed' | 'withdrawn'
export const LISTS = ['open', 'answered', 'ended', 'mine', 'followed'] as const
export type ConcernList = (typeof LISTS)[number]
/** What the server offers a reader to do now. */
export type Deed =
  | 'support'
  | 'unsupport'
  | 'follow'
  | 'unfollow'
  | 'comment'
  | 'talk'
  | 'withdraw'
  | 'rate'
  | 'appeal'

export type ConcernLine = Omit<Schemas['ConcernLine'], 'kind' | 'state'> & {
  kind: ConcernKind
  state: ConcernState
}
export type ConcernEntry = Schemas['ConcernEntryAnswer']
export type Concern = Omit<Schemas['ConcernAnswer'], 'kind' | 'state' | 'can'> & {
  kind: ConcernKind
  state: ConcernState
  can: Deed[]
}
export type SimilarConcern = Omit<Schemas['SimilarLine'], 'kind' | 'state'> & {
  kind: ConcernKind
  state: ConcernState
}
export interface ConcernPage {
  concerns: ConcernLine[]
  total: number
  page: number
}
export type Resident = Schemas['ResidentAnswer']

/** What is sent to raise a concern; `request` names it, so that the same sent twice raises one. */
export interface NewConcern {
  request: string
  kind: ConcernKind
  title: string
  text: string
  building: string
  entrance: string
  place: string
  public: boolean
  urgent: boolean
}

/** The server as the pages of a community's concerns see it. */
export class ConcernApi {
  private readonly here: string
  constructor(
    private readonly http: Http,
    slug: string,
  ) {
    this.here = `/communities/${encodeURIComponent(slug)}`
  }

  resident = () => this.http.get<Resident>(`${this.here}/resident`)
  list(state: ConcernList, kind: ConcernKind | '', sort: 'new' | 'supported', page: number) {
    const asked = new URLSearchParams({ state, sort, page: String(page) })
    if (kind) asked.set('kind', kind)
    return this.http.get<ConcernPage>(`${this.here}/concerns?${asked}`)
  }
  similar = async (text: string) =>
    (await this.http.post<{ similar: SimilarConcern[] }>(`${this.here}/concerns/similar`, { text })).similar
  raise(concern: NewConcern, photos: readonly Blob[]) {
    const form = new FormData()
    for (const [name, value] of Object.entries(concern)) form.append(name, String(value))
    for (const photo of photos) form.append('photos', photo, 'photo')
    return this.http.post<Concern>(`${this.here}/concerns`, form)
  }
  concern = (number: number) => this.http.get<Concern>(this.at(number))
  support = (number: number, on: boolean) => this.toggle(number, 'support', on)
  follow = (number: number, on: boolean) => this.toggle(number, 'follow', on)
  comment = (number: number, text: string) => this.http.post<Concern>(`${this.at(number)}/comments`, { text })
  talk = (number: number, text: string) => this.http.post<Concern>(`${this.at(number)}/talk`, { text })
  withdraw = (number: number, reason: string) =>
    this.http.post<Concern>(`${this.at(number)}/withdraw`, { reason })
  rate = (number: number, settled: boolean, reason: string) =>
    this.http.post<Concern>(`${this.at(number)}/rate`, { settled, reason })
  appeal = (number: number, entry: number, text: string) =>
    this.http.post<Concern>(`${this.at(number)}/entries/${entry}/appeal`, { text })
  seen = (number: number, entry: number) => this.http.post<void>(`${this.at(number)}/seen`, { entry })
  /** Where a photograph lies. */
  photo = (number: number, entry: number, photo: number): string =>
    `/api${this.at(number)}/entries/${entry}/photos/${photo}`

  private at = (number: number): string => `${this.here}/concerns/${number}`
  private toggle(number: number, what: 'support' | 'follow', on: boolean): Promise<Concern> {
    const path = `${this.at(number)}/${what}`
    return on ? this.http.put<Concern>(path, {}) : this.http.delete<Concern>(path)
  }
}

/** The concerns of a community, inside a component's setup. */
export const useConcernApi = (slug: string): ConcernApi => new ConcernApi(useServices().http, slug)
