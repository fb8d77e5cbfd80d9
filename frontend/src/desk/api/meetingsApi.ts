/** Meetings at the desk: preparing, convening, the course, what officials write. */
import type { Hex } from 'viem'
import type { components } from '@/api/schema'
import type { MeetingState, Statements, Weight } from '@/api/types'
import { useDeskHttp } from './deskApi'
import type { DeskHttp } from './deskHttp'
import type { Call } from './types'
import { uploadJson, type Progress } from './upload'

type Schemas = components['schemas']

export type PlanMotion = Required<Schemas['PlanMotion']>
export type PlanRules = Schemas['RulesBody']
/** What a committee has written so far; times in UTC seconds, periods in seconds. */
export type PlanContent = Omit<Schemas['PlanContent'], 'motions'> & { motions: PlanMotion[] }
export type PlanDocument = Omit<Schemas['PlanDocumentLine'], 'hash'> & { hash: Hex }
export type Finding = Schemas['FindingAnswer']
export type Dates = Schemas['ScheduleAnswer']
export type Plan = Omit<Schemas['PlanAnswer'], 'content' | 'documents'> & {
  content: PlanContent
  documents: PlanDocument[]
}
/** One line of the list; `meeting` once it was convened. */
export type PlanLine = Pick<Plan, 'plan' | 'changed_at' | 'meeting'> &
  Pick<PlanContent, 'title' | 'step' | 'opens_at'> & { motions: number }
export interface Entrance {
  name: string
  weight: Weight
}
export type Building = Entrance & { entrances: Entrance[] }

export type StepName =
  | 'consent'
  | 'publish-roll'
  | 'seal-roll'
  | 'extend'
  | 'declare'
  | 'answer-objection'
  | 'finalize'
  | 'void'
  | TrusteeStep
/** Of secret meetings; those of officials are done among the trustees, not among the contract's own steps. */
export type TrusteeStep =
  | 'trustee-seats'
  | 'propose-trustees'
  | 'confirm-trustees'
  | 'make-keys'
  | 'adopt-keys'
  | 'decrypt'
export type Standing = 'done' | 'possible' | 'waiting' | 'over'
export type CourseStep = Omit<Schemas['StepStateAnswer'], 'name' | 'standing' | 'role'> & {
  name: StepName
  standing: Standing
  role: 'committee' | 'supervisor' | 'trustees' | 'anyone'
}
export type Course = Omit<Schemas['OfficialCourseAnswer'], 'state' | 'steps'> & {
  state: MeetingState
  steps: CourseStep[]
}
/** What some steps need besides the meeting. */
export interface StepQuery {
  closes_at?: number
  objection?: number
  hash?: Hex
}

/** The server as the pages of meetings see it. */
export class MeetingsApi {
  constructor(private readonly http: DeskHttp) {}

  plans = (slug: string) => this.http.get<PlanLine[]>(`/staff/plans?community=${slug}`)
  begin = (community: string, content: Partial<PlanContent>) =>
    this.http.post<Plan>('/staff/plans', { community, content })
  plan = (plan: number) => this.http.get<Plan>(`/staff/plans/${plan}`)
  save = (plan: number, revision: number, content: PlanContent) =>
    this.http.put<Plan>(`/staff/plans/${plan}`, { revision, content })
  discard = (plan: number) => this.http.delete<void>(`/staff/plans/${plan}`)
  addDocument = (
    plan: number,
    document: { name: string; media_type: string; content_base64: string },
    progress: Progress,
  ) => uploadJson<Plan>(`/staff/plans/${plan}/documents`, document, progress)
  removeDocument = (plan: number, document: number) =>
    this.http.delete<Plan>(`/staff/plans/${plan}/documents/${document}`)
  /** `privacy`: hash of a secret meeting's privacy check as it was shown. */
  draft = async (plan: number, revision: number, privacy?: Hex): Promise<readonly Call[]> => {
    const asked = { revision, privacy: privacy ?? null }
    const { act } = await this.http.post<{ act: Call }>(`/staff/plans/${plan}/draft`, asked)
    return [act]
  }
  places = (slug: string) => this.http.get<{ buildings: Building[] }>(`/staff/communities/${slug}/places`)

  course = (slug: string, meeting: number) =>
    this.http.get<Course>(`/staff/communities/${slug}/meetings/${meeting}/course`)
  statements = (slug: string, meeting: number) =>
    this.http.get<Statements>(`/communities/${slug}/meetings/${meeting}/statements`)
  publish = (slug: string, meeting: number, text: string, salt: string) =>
    this.http.post<{ hash: Hex }>(`/staff/communities/${slug}/meetings/${meeting}/statements`, { text, salt })
  step = async (
    slug: string,
    meeting: number,
    name: StepName,
    query: StepQuery = {},
  ): Promise<readonly Call[]> => {
    const given = Object.entries(query).map(([key, value]) => [key, String(value)])
    const search = new URLSearchParams(given).toString()
    const path = `/staff/communities/${slug}/meetings/${meeting}/acts/${name}`
    return (await this.http.get<{ calls: Call[] }>(search ? `${path}?${search}` : path)).calls
  }
}

/** Meetings, inside a component's setup. */
export const useMeetingsApi = (): MeetingsApi => new MeetingsApi(useDeskHttp())
