/** Every call the owner's pages make (docs: `/api/docs`). */
import type { Address, Hex } from 'viem'
import type { Http } from './http'
import type {
  BallotStatus,
  ClaimReview,
  Community,
  CommunityBrief,
  Consent,
  IdentityForm,
  KeyChange,
  KeyState,
  Meeting,
  MeetingBrief,
  OpenedBallot,
  OutboxMessage,
  Owner,
  PublicKey,
  Received,
  Result,
  SignedCode,
  VoterLine,
  Statements,
} from './types'

const at = (slug: string): string => `/communities/${encodeURIComponent(slug)}`
const meetingAt = (slug: string, meeting: number): string => `${at(slug)}/meetings/${meeting}`

/** The server as the pages see it. */
export class Api {
  constructor(private readonly http: Http) {}

  communities = () => this.http.get<CommunityBrief[]>('/communities')
  community = (slug: string) => this.http.get<Community>(at(slug))
  meetings = (slug: string) => this.http.get<MeetingBrief[]>(`${at(slug)}/meetings`)
  meeting = (slug: string, meeting: number) => this.http.get<Meeting>(meetingAt(slug, meeting))
  result = (slug: string, meeting: number) => this.http.get<Result>(`${meetingAt(slug, meeting)}/result`)

  voter = (slug: string, meeting: number, voter: number) =>
    this.http.get<VoterLine>(`${meetingAt(slug, meeting)}/voters/${voter}`)

  statements = (slug: string, meeting: number) =>
    this.http.get<Statements>(`${meetingAt(slug, meeting)}/statements`)
  object = (
    slug: string,
    meeting: number,
    objection: { voter: number; text: string; salt: string; signature: Hex },
  ) => this.http.post<{ hash: Hex }>(`${meetingAt(slug, meeting)}/objections`, objection)

  document = (hash: Hex) => this.http.file(`/documents/${hash}`)

  consent = () => this.http.get<Consent>('/identity/consent')
  claimIdentity = (form: IdentityForm) => this.http.post<{ claim: string }>('/identity/claims', form)
  enterCode = (claim: string, code: string) =>
    this.http.post<Owner>(`/identity/claims/${encodeURIComponent(claim)}/code`, { code })
  sendCodeAgain = (claim: string) =>
    this.http.post<{ claim: string }>(`/identity/claims/${encodeURIComponent(claim)}/codes`)
  review = (claim: string) => this.http.get<ClaimReview>(`/identity/claims/${encodeURIComponent(claim)}`)
  askReview(claim: string, note: string, files: File[]) {
    const form = new FormData()
    form.set('note', note)
    for (const file of files) form.append('files', file)
    return this.http.post<{ review: string }>(`/identity/claims/${encodeURIComponent(claim)}/review`, form)
  }

  owner = () => this.http.get<Owner>('/owner')
  registerKey = (key: Address, evidence: Hex, signature: Hex) =>
    this.http.post<{ key_state: KeyState }>('/owner/key', { key, evidence, signature })
  changeKey = (key: Address, evidence: Hex, signature: Hex) =>
    this.http.post<{ key_state: KeyState }>('/owner/key/change', { key, evidence, signature })
  keyChange = (slug: string, voter: number) => this.http.get<PublicKey>(`${at(slug)}/key-changes/${voter}`)
  vetoKeyChange = (slug: string, voter: number, { key, effective_at }: KeyChange, signature: Hex) =>
    this.http.post<{ state: string }>(`${at(slug)}/key-changes/${voter}/veto`, {
      new_key: key,
      effective_at,
      signature,
    })
  logout = () => this.http.post<void>('/owner/logout')

  sendBallot = (slug: string, meeting: number, ballot: { voter: number; choices: string; signature: Hex }) =>
    this.http.post<Received>(`${meetingAt(slug, meeting)}/ballots`, ballot)
  signCode = (slug: string, meeting: number, ballot: { voter: number; ballot_hash: Hex }) =>
    this.http.post<SignedCode>(`${meetingAt(slug, meeting)}/secret-ballots/codes`, ballot)
  openBallot = (
    slug: string,
    meeting: number,
    ballot: { voter: number; body: Hex; shown_at: number; signature: Hex },
  ) => this.http.post<OpenedBallot>(`${meetingAt(slug, meeting)}/secret-ballots/opened`, ballot)
  openedBallot = (slug: string, meeting: number, hash: Hex) =>
    this.http.get<OpenedBallot>(`${meetingAt(slug, meeting)}/secret-ballots/opened/${hash}`)
  sendSecretBallot = (slug: string, meeting: number, ballot: { voter: number; body: Hex; signature: Hex }) =>
    this.http.post<Received>(`${meetingAt(slug, meeting)}/secret-ballots`, ballot)
  ballot = (hash: Hex) => this.http.get<BallotStatus>(`/ballots/${hash}`)

  authority = () => this.http.file('/authority.crt')
  outbox = () => this.http.get<OutboxMessage[]>('/dev/outbox')
}
