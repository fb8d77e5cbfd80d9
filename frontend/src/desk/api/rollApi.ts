/** The roll, its publication and objections, and a meeting's turnout, as the desk asks for them. */
import type { components } from '@/api/schema'
import { useStaff } from '@/desk/composables/useStaff'
import { useDeskHttp } from './deskApi'
import type { DeskHttp } from './deskHttp'
import type { Call } from './types'

type Schemas = components['schemas']

export type UploadState = 'checking' | 'checked' | 'importing' | 'imported' | 'refused'
export type Upload = Omit<Schemas['UploadAnswer'], 'state'> & { state: UploadState }
export type RollFinding = Schemas['RollFinding']
export type RollTotals = Schemas['RollTotals']
export type RollChanges = Schemas['RollChanges']
export type ChangedLine = Schemas['ChangedLine']
export type Overview = Schemas['OverviewAnswer']
export type PlaceSums = Schemas['PlaceSumsAnswer']
export type UnitsFound = Schemas['UnitsAnswer']
export type UnitLine = Schemas['UnitAnswer']
export type UnitQuery = Schemas['UnitsBody']
export type Publication = Schemas['PublicationAnswer']
export type RollObjection = Omit<Schemas['RollObjectionAnswer'], 'outcome'> & { outcome: Outcome | null }
export type Outcome = 'accepted' | 'refused'
export type Follow = Schemas['FollowAnswer']
export type PlaceTurnout = Schemas['EntranceTurnoutAnswer']
export type AbsentUnit = Schemas['AbsentUnitAnswer']
export type AbsentPurpose = Schemas['AbsentBody']['purpose']

/** What counts besides flats, shops and offices. */
export interface CountingRule {
  parking: boolean
  storerooms: boolean
}

/** One community's roll and meetings. */
export class RollApi {
  constructor(
    private readonly http: DeskHttp,
    private readonly slug: string,
  ) {}

  overview = () => this.http.get<Overview>(`${this.roll}`)
  find = (query: UnitQuery) => this.http.post<UnitsFound>(`${this.roll}/units`, query)
  template = (form: 'csv' | 'xlsx') => this.http.file(`/staff/roll/template/${form}`)

  upload(file: File, rule: CountingRule): Promise<Upload> {
    const form = new FormData()
    form.set('file', file)
    form.set('parking', String(rule.parking))
    form.set('storerooms', String(rule.storerooms))
    return this.http.post<Upload>(`${this.roll}/uploads`, form)
  }
  uploaded = (upload: number) => this.http.get<Upload>(`${this.roll}/uploads/${upload}`)
  confirm = ({ upload, digest }: Upload) =>
    this.http.post<Upload>(`${this.roll}/uploads/${upload}/import`, { digest })

  publication = (meeting: number) => this.http.get<Publication>(`${this.meeting(meeting)}/publication`)
  calls = async (meeting: number, step: 'publish-roll' | 'seal-roll') =>
    (await this.http.get<{ calls: Call[] }>(`${this.meeting(meeting)}/acts/${step}`)).calls
  objections = async (meeting: number) =>
    (await this.http.get<{ objections: RollObjection[] }>(`${this.meeting(meeting)}/roll-objections`))
      .objections
  answer = (meeting: number, objection: number, outcome: Outcome, text: string) =>
    this.http.post<RollObjection>(`${this.meeting(meeting)}/roll-objections/${objection}/answer`, {
      outcome,
      text,
    })

  follow = (meeting: number) => this.http.get<Follow>(`${this.meeting(meeting)}/follow`)
  absent = async (meeting: number, purpose: AbsentPurpose) =>
    (await this.http.post<{ units: AbsentUnit[] }>(`${this.meeting(meeting)}/absent`, { purpose })).units

  private get community(): string {
    return `/staff/communities/${encodeURIComponent(this.slug)}`
  }
  private get roll(): string {
    return `${this.community}/roll`
  }
  private meeting(meeting: number): string {
    return `${this.community}/meetings/${meeting}`
  }
}

/** The roll of the community this desk is about, inside a component's setup. */
export const useRollApi = (): RollApi => new RollApi(useDeskHttp(), useStaff().community.value)
