/** The privacy check of secret meetings, at the desk. */
import type { components } from '@/api/schema'
import { useDeskHttp } from './deskApi'
import type { DeskHttp } from './deskHttp'

type Schemas = components['schemas']

export type PrivacyVerdict = 'fine' | 'care' | 'unfit'
/** Chances in thousandths, the largest part in percent, areas in 0.01 m². */
export type PrivacyFigures = Omit<Schemas['FiguresAnswer'], 'verdict'> & { verdict: PrivacyVerdict }
/** Owners whose area rounds to so many units of 10 m². */
export type PrivacyBar = Schemas['BarAnswer']
export type PlanPrivacy = Omit<Schemas['PlanPrivacyAnswer'], 'figures'> & { figures: PrivacyFigures }
export interface MeetingPrivacy {
  document: string | null
  reported: PrivacyFigures | null
  /** Empty until the roll is sealed. */
  sealed: PrivacyFigures | null
}

/** The server as the privacy check's cards see it. */
export class PrivacyApi {
  constructor(private readonly http: DeskHttp) {}

  plan = (plan: number) => this.http.get<PlanPrivacy>(`/staff/plans/${plan}/privacy`)
  meeting = (slug: string, meeting: number) =>
    this.http.get<MeetingPrivacy>(`/staff/communities/${slug}/meetings/${meeting}/privacy`)
}

/** The privacy check, inside a component's setup. */
export const usePrivacyApi = (): PrivacyApi => new PrivacyApi(useDeskHttp())
