/** Signed ballots on this phone: kept first, then sent, then followed until they are final. */
import type { Address, Hex } from 'viem'
import type { Api } from '@/api/api'
import { receiptClaim } from '@/api/claims'
import { Problem, Unreachable } from '@/api/problem'
import type { BallotStatus, Received, Receipt, ServerBallotState } from '@/api/types'
import type { Shelf, Shelves } from '@/store/shelf'
import type { ChainPlace, MeetingPlace } from './eip712'
import { Distrust, type Trust } from './trust'

/** What a voter sees of a ballot. `kept`: signed, on this phone only. */
export type BallotState = 'kept' | ServerBallotState

/** What a ballot holds: choices that anyone may read, or their encryption and the contract it was made for. */
export type BallotContent = { choices: string } | { body: Hex; secretMeeting: Address }

/** One signed ballot; times in UTC seconds. */
export type KeptBallot = Signed & BallotContent

interface Signed {
  community: string
  place: ChainPlace
  meeting: number
  title: string
  voter: number
  /** Of a secret ballot too, what was signed: the EIP-712 digest. */
  ballotHash: Hex
  signature: Hex
  signedAt: number
  state: BallotState
  /** Why it was refused: the code and the server's text. */
  refusal?: { code: string; detail: string }
  /** Why the answer to it is not believed. */
  distrust?: string
  /** Why the latest try to send it came to nothing, and when; it is tried again. */
  trouble?: { why: SendingTrouble; at: number }
  receipt?: Receipt
  times?: Partial<BallotStatus['times']>
  transaction?: Hex
  block?: number
}

/** `unreachable`: no network or no answer; `busy`: the server cannot take it just now. */
export type SendingTrouble = 'unreachable' | 'busy'

const NOT_FOUND = 404

export type NewBallot = BallotContent &
  Omit<Signed, 'state' | 'refusal' | 'distrust' | 'trouble' | 'receipt' | 'times' | 'transaction' | 'block'>

/** The contract a ballot was signed for. */
export const castAt = (ballot: KeptBallot): MeetingPlace => {
  const { chainId, openMeeting } = ballot.place
  return 'body' in ballot
    ? { chainId, contract: ballot.secretMeeting, ballots: 'secret' }
    : { chainId, contract: openMeeting, ballots: 'open' }
}

/** Tell whether nothing more will happen to a ballot. */
export const isSettled = (ballot: KeptBallot): boolean =>
  ballot.state === 'final' || ballot.state === 'refused'

/** Another page of this phone had signed and kept a ballot before: that one stands, this one went nowhere. */
export class KeptBefore extends Error {}

/** The ballots of this phone, one an owner and meeting. */
export class BallotOutbox {
  private readonly shelf: Shelf<KeptBallot>
  /** Steps under way: a second tap, a page and the watch in the background share one. */
  private readonly running = new Map<string, Promise<KeptBallot>>()

  constructor(
    shelves: Shelves,
    private readonly api: Pick<Api, 'sendBallot' | 'sendSecretBallot' | 'ballot'>,
    private readonly trust: Pick<Trust, 'checkReceipt'>,
  ) {
    this.shelf = shelves.shelf<KeptBallot>('ballots')
  }

  find(community: string, meeting: number, voter: number): Promise<KeptBallot | undefined> {
    return this.shelf.get(idOf({ community, meeting, voter }))
  }

  /** Keep a signed ballot. An earlier one stays unless it was refused: a ballot is never replaced. */
  keep(ballot: NewBallot): Promise<KeptBallot> {
    return this.shelf.change(idOf(ballot), (old) =>
      old && old.state !== 'refused' ? old : { ...ballot, state: 'kept' },
    )
  }

  /** Bring one ballot a step further: send it if it is only kept here, else ask how it is. */
  advance(ballot: KeptBallot): Promise<KeptBallot> {
    const id = `${idOf(ballot)}/${ballot.ballotHash}`
    const step = this.running.get(id) ?? this.step(ballot).finally(() => this.running.delete(id))
    this.running.set(id, step)
    return step
  }

  private async step(shown: KeptBallot): Promise<KeptBallot> {
    // Another page may have come further than the one that asks.
    const ballot = (await this.shelf.get(idOf(shown))) ?? shown
    if (isSettled(ballot)) return ballot
    try {
      return await (ballot.state === 'kept' ? this.send(ballot) : this.follow(ballot))
    } catch (error) {
      if (error instanceof Distrust) return this.save({ ...ballot, distrust: error.reason })
      if (error instanceof Problem && error.status === NOT_FOUND) {
        return this.save({ ...ballot, distrust: 'receiptUnknown' })
      }
      if (error instanceof Unreachable) return this.noteTrouble(ballot, 'unreachable')
      if (error instanceof Problem) return this.noteTrouble(ballot, 'busy')
      throw error
    }
  }

  /** Bring every unsettled ballot a step further. */
  async advanceAll(): Promise<void> {
    const ballots = await this.shelf.all()
    await Promise.all(ballots.filter((ballot) => !isSettled(ballot)).map((ballot) => this.advance(ballot)))
  }

  private async send(ballot: KeptBallot): Promise<KeptBallot> {
    try {
      const { receipt, state } = await this.handIn(ballot)
      const { community, place } = ballot
      await this.trust.checkReceipt(community, place, castAt(ballot), ballot, receiptClaim(receipt))
      return await this.save({
        ...ballot,
        state,
        receipt,
        times: { received: receipt.received_at },
        distrust: undefined,
        trouble: undefined,
      })
    } catch (error) {
      if (!(error instanceof Problem) || error.passing) throw error
      return this.save({
        ...ballot,
        state: 'refused',
        refusal: { code: error.code, detail: error.detail },
        trouble: undefined,
      })
    }
  }

  private handIn(ballot: KeptBallot): Promise<Received> {
    const { community, meeting, voter, signature } = ballot
    return 'body' in ballot
      ? this.api.sendSecretBallot(community, meeting, { voter, body: ballot.body, signature })
      : this.api.sendBallot(community, meeting, { voter, choices: ballot.choices, signature })
  }

  private noteTrouble(ballot: KeptBallot, why: SendingTrouble): Promise<KeptBallot> {
    if (ballot.state !== 'kept') return Promise.resolve(ballot)
    return this.save({ ...ballot, trouble: { why, at: Math.floor(Date.now() / 1_000) } })
  }

  private async follow(ballot: KeptBallot): Promise<KeptBallot> {
    const { state, times, transaction, block, code, reason } = await this.api.ballot(ballot.ballotHash)
    return this.save({
      ...ballot,
      state,
      times,
      transaction: transaction ?? undefined,
      block: block ?? undefined,
      distrust: undefined,
      refusal: state === 'refused' ? { code: code ?? 'INTERNAL', detail: reason ?? '' } : undefined,
    })
  }

  /** Never over another ballot, nor back to `kept`: another tab may have come further meanwhile. */
  private save(ballot: KeptBallot): Promise<KeptBallot> {
    return this.shelf.change(idOf(ballot), (old) => {
      const other = old && old.ballotHash !== ballot.ballotHash
      const further = old && ballot.state === 'kept' && old.state !== 'kept'
      return other || further ? old : ballot
    })
  }
}

function idOf({ community, meeting, voter }: Pick<KeptBallot, 'community' | 'meeting' | 'voter'>): string {
  return `${community}/${meeting}/${voter}`
}
