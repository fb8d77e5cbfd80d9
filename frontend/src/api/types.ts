/** What the server says, as its OpenAPI document describes it. Areas in 0.01 m², times in UTC seconds. */
import type { Address, Hex } from 'viem'

export interface Weight {
  area: number
  heads: number
}

export interface CommunityBrief {
  slug: string
  name: string
  district: string
  address: string
}

export interface Community extends CommunityBrief {
  chain: {
    chain_id: number
    registry: Address
    open_meeting: Address
    notary: Address
    forwarder: Address
    operator?: Address
  }
  units_hint: { buildings: string[] }
}

export interface IdentityForm {
  community: string
  consent: string
  building: string
  entrance: string
  number: string
  name: string
  id_number: string
  phone: string
}

/** What an owner agrees to before personal data are sent; a changed text is another version. */
export interface Consent {
  version: string
  text: string
}

export interface Unit {
  building: string
  entrance: string
  number: string
  use: string
  area: number
  counted: boolean
}

export type KeyState = 'none' | 'submitted' | 'registered' | 'refused'

export interface Owner {
  voter: number
  kind: string
  name_masked: string
  role: string
  units: Unit[]
  area: number
  heads: number
  key: Address | null
  key_state: KeyState
  evidence: Hex
  community: string
}

export type MeetingState =
  | 'convened'
  | 'notice'
  | 'open'
  | 'closed'
  | 'declared'
  | 'final'
  | 'lapsed'
  | 'void'

export interface MeetingBrief {
  meeting: number
  title: string
  state: MeetingState
  opens_at: number
  closes_at: number
  motions: number
}

export type Majority = 'ordinary' | 'special'

export interface Motion {
  position: number
  matter: number
  majority: Majority
  group: number
  cap: number
  title: string
  text: string
  text_hash: Hex
}

export interface Rules {
  rules_hash: Hex
  notice_period: number
  roll_period: number
  paper_period: number
  objection_period: number
}

export interface MeetingDocument {
  hash: Hex
  name: string
  url: string
}

export interface Meeting extends Omit<MeetingBrief, 'motions'> {
  notice: string
  intake_closes_at: number
  chain_time: number
  chain: { chain_id: number; open_meeting: Address }
  convene_hash: Hex
  convening: {
    scope_hash: Hex
    opens_at: number
    closes_at: number
    rules: Rules
    documents: MeetingDocument[]
    motions: Motion[]
  }
  roll: Weight
  part: Weight
}

export interface MotionResult {
  position: number
  title: string
  majority: Majority
  in_favour: Weight
  against: Weight
  abstained: Weight
  passed: boolean
  rank?: number | null
}

export interface Result {
  total: Weight
  part: Weight
  quorum: boolean
  motions: MotionResult[]
  source: string
}

export interface Receipt {
  meeting: number
  voter: number
  ballot_hash: Hex
  sequence: number
  received_at: number
  signature: Hex
  operator: Address
}

export type ServerBallotState = 'received' | 'submitted' | 'recorded' | 'final' | 'refused'

export interface BallotStatus {
  state: ServerBallotState
  code?: string | null
  times: Partial<Record<'received' | 'submitted' | 'recorded' | 'final', number | null>>
  transaction?: Hex | null
  block?: number | null
  receipt: Receipt
}

export interface OutboxMessage {
  to_masked: string
  text: string
  sent_at: number
}
