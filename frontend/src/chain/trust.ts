/**
 * What the phone checks by itself before it signs, and when it gets a receipt: the server is not believed.
 * A failed check is a `Distrust` whose reason is the key of its text in the locales.
 */
import type { Address, Hex } from 'viem'
import { isAddressEqual } from 'viem/utils'
import type { Shelf, Shelves } from '@/store/shelf'
import {
  conveneHash,
  receiptDigest,
  textHash,
  type ChainPlace,
  type Convening,
  type MeetingPlace,
  type Receipt,
} from './eip712'
import { signedBy } from './signing'

export type DistrustReason =
  | 'placeChanged'
  | 'textChanged'
  | 'noticeChanged'
  | 'conveningChanged'
  | 'meetingChanged'
  | 'receiptForged'
  | 'codeForged'
  | 'keysChanged'
  | 'documentChanged'
  | 'actChanged'

/** What makes up the place where a community records; a text names each. */
export const PLACE_PARTS = ['chainId', 'registry', 'openMeeting', 'secretMeeting', 'operator'] as const
export type PlacePart = (typeof PLACE_PARTS)[number]

/** The phone saw something that does not fit and refuses to go on. */
export class Distrust extends Error {
  constructor(
    readonly reason: DistrustReason,
    /** Of a changed place: what of it is another than this browser remembers. */
    readonly changed: PlacePart[] = [],
  ) {
    super(reason)
  }
}

/** A meeting as the server tells it, in the shape the checks need. */
export interface MeetingClaim {
  meeting: number
  place: ChainPlace
  /** The contract that holds the meeting. */
  contract: Address
  /** What the phone is told to make: it must be the kind that `contract` holds. */
  ballots: 'open' | 'secret'
  conveneHash: Hex
  convening: Convening
  texts: { title: string; text: string }[]
  /** The meeting's own title and notice: its first document. */
  notice: { title: string; text: string }
}

/** A receipt as the server hands it out. */
export interface SignedReceipt extends Receipt {
  operator: Address
  signature: Hex
}

/** Remembers what this phone saw first, and holds everything later against it. */
export class Trust {
  private readonly places: Shelf<ChainPlace>
  private readonly meetings: Shelf<Hex>

  constructor(shelves: Shelves) {
    this.places = shelves.shelf<ChainPlace>('places')
    this.meetings = shelves.shelf<Hex>('meetings')
  }

  /** Remember a community's chain, contracts and operator on the first visit; throw when they differ later. */
  async checkPlace(community: string, place: ChainPlace): Promise<void> {
    const seen = await this.places.change(community, (old) =>
      // what a phone remembers from before there were secret meetings is made whole
      old && (old.secretMeeting || changedParts(old, place).length) ? old : place,
    )
    const changed = changedParts(seen, place)
    if (changed.length) throw new Distrust('placeChanged', changed)
  }

  /** Throw unless a secret meeting's ballots are bound to what this phone saw first; `context` is recomputed before. */
  async checkKeys(community: string, meeting: number, context: Hex): Promise<void> {
    const seen = await this.meetings.change(`${community}/${meeting}/context`, (old) => old ?? context)
    if (seen !== context) throw new Distrust('keysChanged')
  }

  /** Throw unless texts, frozen content and hash fit together and are what this phone saw before. */
  async checkMeeting(community: string, claim: MeetingClaim): Promise<void> {
    await this.checkPlace(community, claim.place)
    const kind = claim.ballots === 'secret' ? 'secretMeeting' : 'openMeeting'
    const holder = claim.place[kind]
    if (!holder || !isAddressEqual(holder, claim.contract)) throw new Distrust('placeChanged', [kind])
    checkTexts(claim)
    const { place, contract, meeting, convening } = claim
    if (conveneHash(place, contract, meeting, convening) !== claim.conveneHash.toLowerCase()) {
      throw new Distrust('conveningChanged')
    }
    const id = `${community}/${claim.meeting}`
    const seen = await this.meetings.change(id, (old) => old ?? claim.conveneHash)
    if (seen !== claim.conveneHash) throw new Distrust('meetingChanged')
  }

  /** Throw unless the operator signed a receipt for exactly this ballot in the contract it was cast for. */
  async checkReceipt(
    community: string,
    place: ChainPlace,
    cast: MeetingPlace,
    ballot: { meeting: number; voter: number; ballotHash: Hex },
    receipt: SignedReceipt,
  ): Promise<void> {
    await this.checkPlace(community, place)
    const fits =
      receipt.meeting === ballot.meeting &&
      receipt.voter === ballot.voter &&
      receipt.ballotHash.toLowerCase() === ballot.ballotHash.toLowerCase() &&
      (await signedBy(place.operator, receiptDigest(cast, receipt), receipt.signature))
    if (!fits) throw new Distrust('receiptForged')
  }
}

function checkTexts(claim: MeetingClaim): void {
  const fits =
    claim.texts.length === claim.convening.motions.length &&
    claim.texts.every(
      ({ title, text }, at) => textHash(title, text) === claim.convening.motions[at]!.textHash.toLowerCase(),
    )
  if (!fits) throw new Distrust('textChanged')
  const { title, text } = claim.notice
  if (claim.convening.documents[0]?.toLowerCase() !== textHash(title, text))
    throw new Distrust('noticeChanged')
}

function changedParts(one: ChainPlace, other: ChainPlace): PlacePart[] {
  return PLACE_PARTS.filter((part) => {
    if (part === 'chainId') return one.chainId !== other.chainId
    const [before, now] = [one[part], other[part]]
    return before !== undefined && now !== undefined && !isAddressEqual(before, now)
  })
}
