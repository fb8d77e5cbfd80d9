/** Log-in and signing acts. Each other subject of the desk has an API file of its own beside this one. */
import type { Hex } from 'viem'
import { endSession } from '@/desk/composables/session'
import { useServices } from '@/services'
import { deskHttp, type DeskHttp } from './deskHttp'
import type { ActProgress, Call, ForwardRequest, LoginForm, PreparedAct, Staff } from './types'

/** What every page of the desk asks. */
export class DeskApi {
  constructor(private readonly http: DeskHttp) {}

  logIn = (form: LoginForm) => this.http.post<Staff>('/staff/login', form)
  logOut = () => this.http.post<void>('/staff/logout')

  prepareAct = ({ to, data }: Call) => this.http.post<PreparedAct>('/staff/acts/prepare', { to, data })
  handInAct = (request: ForwardRequest, signature: Hex) =>
    this.http.post<{ act: number }>('/staff/acts', { request, signature })
  act = (act: number) => this.http.get<ActProgress>(`/staff/acts/${act}`)
}

/** Requests for an API file of the desk, inside a component's setup. */
export function useDeskHttp(): DeskHttp {
  return deskHttp(useServices().http, endSession)
}

/** Log-in and acts, inside a component's setup. */
export const useDeskApi = (): DeskApi => new DeskApi(useDeskHttp())
