/**
 * What the server says: its own OpenAPI types (`schema.d.ts`, written by `npm run types`) with the closed sets
 * spelled out. Areas in 0.01 m², times in UTC seconds.
 */
import type { Address, Hex } from 'viem'
import type { components } from './schema'

type Schemas = components['schemas']
/** `T` with some of its own fields told more exactly; a field the server does not have is a type error. */
type Exact<T, R extends { [K in keyof R]: K extends keyof T ? T[K] | null : never }> = Omit<T, keyof R> & R

export type Weight = Schemas['WeightAnswer']
export type IdentityForm = Exact<Schemas['ClaimBody'], { consent: string }>
/** What an owner agrees to before personal data are sent; a changed text is another version. */
export type Consent = Schemas['ConsentAnswer']

type Place = Exact<
  Schemas['ChainPlace'],
  {
    registry: Address
    open_meeting: Address
    secret_meeting: Address | null
    notary: Address
    forwarder: Address
    operator: Address
  }
>
export type Community = Exact<Schemas['CommunityAnswer'], { chain: Place }>
export type CommunityBrief = Omit<Community, 'chain' | 'units_hint'>

export type KeyChangeState =
  | 'submitted'
  | 'requested'
  | 'approved'
  | 'done'
  | 'vetoed'
  | 'cancelled'
  | 'refused'
export type KeyChange = Exact<Schemas['KeyChangeAnswer'], { state: KeyChangeState; key: Address }>
/** A voter's key on the chain, and the change of it that waits there. */
export type PublicKey = Exact<
  Schemas['RunningKeyChangeAnswer'],
  { key: Address | null; change: KeyChange | null }
>
export type KeyState = 'none' | 'submitted' | 'registered' | 'refused'
export type OwnerKind = 'person' | 'joint' | 'company' | 'developer'
export type Owner = Exact<
  Schemas['OwnerAnswer'],
  {
    kind: OwnerKind
    key: Address | null
    key_state: KeyState
    key_change: KeyChange | null
    evidence: Hex
  }
>
export type ReviewState = 'none' | 'pending' | 'approved' | 'refused'
export type ClaimReview = Exact<Schemas['ClaimStateAnswer'], { review: ReviewState }>

export type MeetingState =
  | 'convened'
  | 'notice'
  | 'open'
  | 'closed'
  | 'declared'
  | 'final'
  | 'lapsed'
  | 'void'
export type Majority = 'ordinary' | 'special'
export type Motion = Exact<Schemas['MotionAnswer'], { majority: Majority; text_hash: Hex }>
export type MeetingDocument = Exact<Schemas['DocumentLine'], { hash: Hex }>
type Rules = Exact<Schemas['RulesAnswer'], { rules_hash: Hex }>
type Convening = Exact<
  Schemas['ConveningAnswer'],
  { scope_hash: Hex; rules: Rules; documents: MeetingDocument[]; motions: Motion[] }
>
type MeetingPlace = Exact<Schemas['MeetingPlace'], { open_meeting: Address; contract: Address }>
export type Meeting = Exact<
  Schemas['MeetingAnswer'],
  {
    ballots: 'open' | 'secret'
    state: MeetingState
    chain: MeetingPlace
    convene_hash: Hex
    convening: Convening
  }
>
/** A voter's area on a meeting's roll (0: not on it), and whether a ballot of theirs is there. */
export type VoterLine = Exact<Schemas['VoterLineAnswer'], { ballot: 'none' | 'received' | 'recorded' }>
/** One line of the list; `motions` is their number. */
export type MeetingBrief = Pick<Meeting, 'meeting' | 'title' | 'state' | 'opens_at' | 'closes_at'> & {
  motions: number
}

export type MotionResult = Exact<Schemas['MotionResultAnswer'], { majority: Majority }>
export type Result = Exact<Schemas['ResultAnswer'], { motions: MotionResult[] }>

export type Receipt = Exact<Schemas['ReceiptAnswer'], { ballot_hash: Hex; signature: Hex; operator: Address }>
export type ServerBallotState = 'received' | 'submitted' | 'recorded' | 'final' | 'refused'
export type Received = Exact<Schemas['ReceivedAnswer'], { receipt: Receipt; state: ServerBallotState }>
export type BallotStatus = Exact<
  Schemas['BallotAnswer'],
  { state: ServerBallotState; transaction: Hex | null; receipt: Receipt | null }
>

/** The operator's countersignature on a secret ballot's hash. */
export type SignedCode = Exact<Schemas['CodeAnswer'], { operator: Address; signature: Hex }>
/** A secret ballot that was opened to check a phone. */
export type OpenedBallot = Exact<Schemas['OpenedAnswer'], { operator: Address; signature: Hex; body: Hex }>

/** A message of the development outbox. */
export interface OutboxMessage {
  to_masked: string
  text: string
  sent_at: number
}

/** A text behind a hash on the chain, `null` when this system does not have it. */
export type Said = Schemas['SaidAnswer']
/** Reasons of extensions and of a voiding, objections with their answers. */
export type Statements = Schemas['StatementsAnswer']
