/** What the events of the release say (docs/protocol.md). Times in UTC seconds, areas in 0.01 m². */
import type { Address, Hex } from 'viem'

export interface Weight {
  area: bigint
  heads: number
}
export interface Motion {
  matter: number
  group: number
  cap: number
  textHash: Hex
}
export interface Rules {
  rulesHash: Hex
  noticePeriod: number
  rollPeriod: number
  paperPeriod: number
  objectionPeriod: number
}
export interface Convening {
  scopeHash: Hex
  motions: Motion[]
  documents: Hex[]
  opensAt: bigint
  closesAt: bigint
  rules: Rules
}
export interface MotionResult {
  inFavour: Weight
  against: Weight
  passed: boolean
}
interface Possessed {
  evidence: Hex
  r: Hex
  vs: Hex
}
interface OfMeeting {
  meeting: bigint
}
interface ByOfficial {
  by: Address
}
interface OfRun extends OfMeeting {
  run: number
}
/** Coordinates of a point, x before y. */
export type Pair = [bigint, bigint]

export interface Events {
  CommunityCreated: {
    community: Hex
    registry: Address
    openMeeting: Address
    secretMeeting: Address
    trusteeBoard: Address
    notary: Address
    operator: Address
    committee: Address
    supervisor: Address
  }
  OwnerRegistered: Possessed & { voter: number; key: Address }
  RegistrationSkipped: { voter: number; key: Address; reason: number }
  KeyChangeRequested: Possessed & { voter: number; newKey: Address }
  KeyChangeApproved: { voter: number; newKey: Address; effectiveAt: bigint }
  KeyChangeVetoed: { voter: number; newKey: Address }
  KeyChangeCancelled: { voter: number; newKey: Address }
  KeyChanged: { voter: number; oldKey: Address; newKey: Address }
  RoleProposed: ByOfficial & { role: Hex; account: Address; grant: boolean }
  RoleGranted: { role: Hex; account: Address; sender: Address }
  RoleRevoked: { role: Hex; account: Address; sender: Address }
  MeetingConvened: OfMeeting & { conveneHash: Hex; convener: Address; convening: Convening }
  ConsentGiven: OfMeeting & ByOfficial
  RollPublished: OfMeeting & {
    firstWord: number
    words: bigint[]
    areaTotal: bigint
    headsTotal: number
    digest: Hex
  }
  RollSealed: OfMeeting & ByOfficial & { digest: Hex; areaTotal: bigint; headsTotal: number }
  MeetingExtended: OfMeeting & ByOfficial & { closesAt: bigint; reasonHash: Hex }
  BallotSkipped: OfMeeting & { position: bigint; voter: number; reason: number }
  BallotsCast: OfMeeting & { records: Hex }
  ResultDeclared: OfMeeting & {
    total: Weight
    part: Weight
    quorum: boolean
    results: MotionResult[]
    objectionsEndAt: bigint
  }
  ObjectionRaised: OfMeeting & { objection: bigint; voter: number; contentHash: Hex }
  ObjectionAnswered: OfMeeting & ByOfficial & { objection: bigint; answerHash: Hex }
  ResultFinal: OfMeeting
  MeetingVoided: OfMeeting & ByOfficial & { reasonHash: Hex }
  Anchored: ByOfficial & { root: Hex; subject: Hex }
  KeysAdopted: OfMeeting & {
    context: Hex
    trusteeSetHash: Hex
    threshold: number
    trustees: number
    keyFor: Pair
    keyAgainst: Pair
  }
  BallotsSealed: OfMeeting & { sealHash: Hex }
  TrusteesProposed: OfMeeting & { accounts: Address[]; threshold: number; trusteeSetHash: Hex }
  TrusteesConfirmed: OfRun & ByOfficial & { trusteeSetHash: Hex }
  KeysCommitted: OfRun & { trustee: number; commitment: Hex; encryptionKey: Pair }
  KeysRevealed: OfRun & { trustee: number; coefficients: bigint[]; proofs: bigint[] }
  SharesDealt: OfRun & { trustee: number; shares: Hex }
  KeysApproved: OfRun & { trustee: number; transcript: Hex }
  KeysCompleted: OfRun & { keyFor: Pair; keyAgainst: Pair; transcript: Hex }
  KeysRestarted: OfRun & { by: Address; against: number; reasonHash: Hex }
  SharesPosted: OfMeeting & { stage: number; trustee: number; first: number; words: bigint[] }
  SumsOpened: OfMeeting & { stage: number; first: number; trustees: number[]; values: bigint[] }
}
export type EventName = keyof Events

/** What the meeting contract says about a meeting, and about one of its motions. */
export interface Summary {
  state: number
  conveneHash: Hex
  opensAt: bigint
  closesAt: bigint
  consentedAt: bigint
  rollPublishedAt: bigint
  rollSealedAt: bigint
  declaredAt: bigint
  objectionsEndAt: bigint
  openObjections: number
  motions: number
  rollDigest: Hex
  total: Weight
  part: Weight
  rules: Rules
}
export interface MotionDecision {
  quorum: boolean
  passed: boolean
  special: boolean
  total: Weight
  part: Weight
  inFavour: Weight
  against: Weight
}
