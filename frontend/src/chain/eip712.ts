/** Every digest the phone signs or checks, in one place (docs/protocol.md; EIP-712). */
import { encodeAbiParameters, hashTypedData, keccak256, stringToBytes } from 'viem/utils'
import type { Address, Hex } from 'viem'

/** Where a community's contracts are, and whose signature its receipts carry. */
export interface ChainPlace {
  chainId: number
  registry: Address
  openMeeting: Address
  /** Missing where a phone remembers a community from before there were secret meetings. */
  secretMeeting?: Address
  operator: Address
}

/** The contract that holds a meeting, and of which kind it is. */
export interface MeetingPlace {
  chainId: number
  contract: Address
  ballots: 'open' | 'secret'
}

export interface Possession {
  voter: number
  key: Address
  evidence: Hex
}

/** `effectiveAt`: UTC seconds, 0 before the supervisor has approved the change. */
export interface KeyChangeVeto {
  voter: number
  newKey: Address
  effectiveAt: number
}

export interface OpenBallot {
  meeting: number
  conveneHash: Hex
  voter: number
  choices: bigint
}

export interface Receipt {
  meeting: number
  voter: number
  ballotHash: Hex
  sequence: number
  /** UTC seconds. */
  receivedAt: number
}

/** What is frozen when a meeting is convened; times in UTC seconds, periods in seconds. */
export interface Convening {
  scopeHash: Hex
  motions: { matter: number; group: number; cap: number; textHash: Hex }[]
  documents: Hex[]
  opensAt: number
  closesAt: number
  rules: {
    rulesHash: Hex
    noticePeriod: number
    rollPeriod: number
    paperPeriod: number
    objectionPeriod: number
  }
}

const TYPES = {
  Possession: [
    { name: 'voter', type: 'uint32' },
    { name: 'key', type: 'address' },
    { name: 'evidence', type: 'bytes32' },
  ],
  KeyChangeVeto: [
    { name: 'voter', type: 'uint32' },
    { name: 'newKey', type: 'address' },
    { name: 'effectiveAt', type: 'uint64' },
  ],
  OpenBallot: [
    { name: 'meeting', type: 'uint256' },
    { name: 'conveneHash', type: 'bytes32' },
    { name: 'voter', type: 'uint32' },
    { name: 'choices', type: 'uint64' },
  ],
  Objection: [
    { name: 'meeting', type: 'uint256' },
    { name: 'voter', type: 'uint32' },
    { name: 'contentHash', type: 'bytes32' },
  ],
  Receipt: [
    { name: 'meeting', type: 'uint256' },
    { name: 'voter', type: 'uint32' },
    { name: 'ballotHash', type: 'bytes32' },
    { name: 'sequence', type: 'uint64' },
    { name: 'receivedAt', type: 'uint64' },
  ],
} as const

const CONVENING = {
  type: 'tuple',
  components: [
    { name: 'scopeHash', type: 'bytes32' },
    {
      name: 'motions',
      type: 'tuple[]',
      components: [
        { name: 'matter', type: 'uint8' },
        { name: 'group', type: 'uint8' },
        { name: 'cap', type: 'uint8' },
        { name: 'textHash', type: 'bytes32' },
      ],
    },
    { name: 'documents', type: 'bytes32[]' },
    { name: 'opensAt', type: 'uint64' },
    { name: 'closesAt', type: 'uint64' },
    {
      name: 'rules',
      type: 'tuple',
      components: [
        { name: 'rulesHash', type: 'bytes32' },
        { name: 'noticePeriod', type: 'uint32' },
        { name: 'rollPeriod', type: 'uint32' },
        { name: 'paperPeriod', type: 'uint32' },
        { name: 'objectionPeriod', type: 'uint32' },
      ],
    },
  ],
} as const

const meetingDomain = ({ ballots, chainId, contract }: MeetingPlace) =>
  domain(ballots === 'secret' ? 'SecretMeeting' : 'OpenMeeting', chainId, contract)

const domain = (name: string, chainId: number, verifyingContract: Address) => ({
  name: `Wanjia ${name}`,
  version: '1',
  chainId,
  verifyingContract,
})

/** What a new key signs to prove that it is held. */
export function possessionDigest(place: ChainPlace, message: Possession): Hex {
  return hashTypedData({
    domain: domain('OwnerRegistry', place.chainId, place.registry),
    types: TYPES,
    primaryType: 'Possession',
    message,
  })
}

/** What the old key signs to stop a change of key. */
export function keyChangeVetoDigest(place: ChainPlace, veto: KeyChangeVeto): Hex {
  return hashTypedData({
    domain: domain('OwnerRegistry', place.chainId, place.registry),
    types: TYPES,
    primaryType: 'KeyChangeVeto',
    message: { ...veto, effectiveAt: BigInt(veto.effectiveAt) },
  })
}

/** What an owner signs to vote; it is also the ballot's hash. */
export function openBallotDigest(place: ChainPlace, ballot: OpenBallot): Hex {
  return hashTypedData({
    domain: domain('OpenMeeting', place.chainId, place.openMeeting),
    types: TYPES,
    primaryType: 'OpenBallot',
    message: { ...ballot, meeting: BigInt(ballot.meeting) },
  })
}

/** What an owner signs to object to a declared result. */
export function objectionDigest(
  place: MeetingPlace,
  objection: { meeting: number; voter: number; contentHash: Hex },
): Hex {
  return hashTypedData({
    domain: meetingDomain(place),
    types: TYPES,
    primaryType: 'Objection',
    message: { ...objection, meeting: BigInt(objection.meeting) },
  })
}

/** What the operator signs once a ballot is durably stored. */
export function receiptDigest(place: MeetingPlace, receipt: Receipt): Hex {
  return hashTypedData({
    domain: meetingDomain(place),
    types: TYPES,
    primaryType: 'Receipt',
    message: {
      ...receipt,
      meeting: BigInt(receipt.meeting),
      sequence: BigInt(receipt.sequence),
      receivedAt: BigInt(receipt.receivedAt),
    },
  })
}

/** Hash of a motion as it is frozen on the chain: title and text in Unicode NFC, an empty line between. */
export function textHash(title: string, text: string): Hex {
  return keccak256(stringToBytes(`${title.normalize('NFC')}\n\n${text.normalize('NFC')}`))
}

/** Hash of everything that is frozen when a meeting is convened; `contract` is the one that holds the meeting. */
export function conveneHash(
  { chainId }: Pick<ChainPlace, 'chainId'>,
  contract: Address,
  meeting: number,
  convening: Convening,
): Hex {
  return keccak256(
    encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'address' }, { type: 'uint256' }, CONVENING],
      [
        BigInt(chainId),
        contract,
        BigInt(meeting),
        { ...convening, opensAt: BigInt(convening.opensAt), closesAt: BigInt(convening.closesAt) },
      ],
    ),
  )
}
