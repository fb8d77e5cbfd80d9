/** Every call a trustee's pages make. */
import type { Address, Hex } from 'viem'
import type { Http } from '@/api/http'
import type { ActProgress, ForwardRequest, PreparedAct } from '@/desk/api/types'
import type { BoardView } from './chain/board'
import type { ActsApi } from './chain/sending'
import type { SignedAct } from './vault/vault'

/** The seat that an invitation is for. */
export interface Invitation {
  seat: number
  label: string
  taken: boolean
}

/** What a trustee's page asks of the system; the rehearsal has a stand-in. */
export interface TrusteeApi extends ActsApi {
  board(): Promise<BoardView>
  invitation(token: string): Promise<Invitation>
  takeSeat(token: string, account: Address, signature: Hex): Promise<{ seat: number; label: string }>
}

/** The server's own. */
export function trusteeApi(http: Http, slug: string, meeting: number): TrusteeApi {
  const at = `/communities/${encodeURIComponent(slug)}/meetings/${meeting}/trustees`
  return {
    board: () => http.get<BoardView>(at),
    invitation: (token) => http.get<Invitation>(`${at}/seats/${encodeURIComponent(token)}`),
    takeSeat: (token, account, signature) => http.post(`${at}/seats`, { token, account, signature }),
    prepareAct: (account, data) => http.post<PreparedAct>(`${at}/acts/prepare`, { account, data }),
    handInAct: (request: ForwardRequest, signature, reason?: SignedAct['reason']) =>
      http.post<{ act: number }>(`${at}/acts`, { request, signature, ...(reason ? { reason } : {}) }),
    act: (act) => http.get<ActProgress>(`${at}/acts/${act}`),
  }
}
