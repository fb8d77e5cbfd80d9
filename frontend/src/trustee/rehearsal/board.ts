/**
 * A stand-in for server and board, for rehearsals only: it keeps the board's rules in this page's memory, and nothing
 * leaves the page. Acts take the same way as real ones: prepared, checked, signed, handed in.
 */
import type { Address, Hex } from 'viem'
import { decodeFunctionData, keccak256, stringToHex } from 'viem/utils'
import { Problem } from '@/api/problem'
import { trusteeBoardAbi as abi } from '@/chain/abi/trusteeBoard'
import { signedBy } from '@/chain/signing'
import type { ForwardRequest } from '@/desk/api/types'
import { forwardRequestDigest, type ForwarderPlace } from '@/desk/chain/forwarding'
import {
  commitmentOf,
  enrolment,
  jointKeys,
  possession,
  sideOf,
  transcriptOf,
  type Entry,
} from '@/wsb/ceremony'
import { trusteeSetHash } from '@/wsb/context'
import { isDealing } from '@/wsb/dealing'
import { readPoint, type Point } from '@/wsb/group'
import { words } from '@/wsb/hashing'
import { holds, type Statement } from '@/wsb/proof'
import type { Invitation, TrusteeApi } from '../api'
import { numberOf, placeOf, pointOf, runPlaceOf, type BoardView, type RunView } from '../chain/board'
import { seatDigest } from '../chain/seat'

const BOARD = '0x000000000000000000000000000000000000bEEF'
/** The rehearsal's forwarder: an address where nothing is. */
export const REHEARSAL_PLACE: ForwarderPlace = { chainId: 0, forwarder: BOARD }
const MEETING = 1
const GAS = 1_000_000
const FAR = 4_000_000_000

export class RehearsalBoard implements TrusteeApi {
  readonly view: BoardView
  private readonly nonces = new Map<Address, number>()
  private entries: Entry[] = []
  private acts = 0
  /** Called after everything that changes the board. */
  changed: () => void = () => {}

  constructor(labels: string[]) {
    const seats = labels.map((label, at) => ({ seat: at + 1, label, account: null }))
    this.view = {
      ...{ chain_id: REHEARSAL_PLACE.chainId, board: BOARD, meeting: MEETING, proposal: null, run: null },
      ...{ restarts: [], seats, context: null, seal_hash: null, stage: null },
    }
  }

  board = (): Promise<BoardView> => Promise.resolve(structuredClone(this.view))

  /** The seat of the person who rehearses; its token is its number. */
  invitation(token: string): Promise<Invitation> {
    const { seat, label, account } = this.view.seats[Number(token) - 1]!
    return Promise.resolve({ seat, label, taken: account !== null })
  }

  async takeSeat(token: string, account: Address, signature: Hex) {
    const line = this.view.seats[Number(token) - 1]!
    const digest = seatDigest({ place: placeOf(this.view), seat: line.seat, account })
    if (!(await signedBy(account, digest, signature))) throw refused('TrusteeSeat')
    line.account = account
    if (this.view.seats.every((seat) => seat.account)) this.begin(1)
    this.changed()
    return { seat: line.seat, label: line.label }
  }

  prepareAct(from: Address, data: Hex) {
    const nonce = this.nonces.get(from) ?? 0
    const request: ForwardRequest = { from, to: BOARD, value: 0, gas: GAS, nonce, deadline: FAR, data }
    return Promise.resolve({ request, digest: forwardRequestDigest(REHEARSAL_PLACE, request) })
  }

  async handInAct(request: ForwardRequest, signature: Hex, reason?: { text: string }) {
    const digest = forwardRequestDigest(REHEARSAL_PLACE, request)
    if (!(await signedBy(request.from, digest, signature))) throw refused('ForwarderSignature')
    if (request.nonce !== (this.nonces.get(request.from) ?? 0)) throw refused('ForwarderNonce')
    this.apply(request.from, request.data, reason?.text ?? null)
    this.nonces.set(request.from, request.nonce + 1)
    this.changed()
    return { act: ++this.acts }
  }

  act = () => Promise.resolve({ state: 'done', transaction: null, code: null, reason: null } as const)

  /** A new run of the trustees who hold the seats. */
  private begin(number: number): void {
    const accounts = this.view.seats.map(({ account }) => account!)
    const threshold = Math.ceil((accounts.length + 1) / 2)
    const set = trusteeSetHash({ ...placeOf(this.view), threshold, accounts })
    this.entries = []
    this.view.run = {
      ...{
        run: number,
        step: 'commit',
        threshold,
        accounts,
        trustee_set_hash: set,
        transcript: '0x',
        entries: [],
      },
      keys: null,
      trustees: accounts.map((account, at) => ({
        ...{
          trustee: at + 1,
          account,
          commitment: null,
          encryption_key: null,
          coefficients: null,
          shares: null,
        },
        approved: false,
      })),
    }
    this.retell(this.view.run)
  }

  private apply(from: Address, data: Hex, reason: string | null): void {
    const { run } = this.view
    if (!run) throw refused('TrusteeBoardRun')
    const trustee = numberOf(run, from)
    if (trustee === 0) throw refused('TrusteeBoardNotTrustee')
    const call = decodeFunctionData({ abi, data })
    const line = run.trustees[trustee - 1]!
    const place = runPlaceOf(this.view, run)
    const now = (number: number, fits: boolean) => {
      insist(number === run.run, 'TrusteeBoardRun')
      insist(fits, 'TrusteeBoardStep')
    }
    switch (call.functionName) {
      case 'commitKeys': {
        const [, number, commitment, key, c, s] = call.args
        const point = readPoint(...key)
        now(number, run.step === 'commit' && line.commitment === null)
        insist(!!point && proves(enrolment(place, trustee, point), c, s), 'TrusteeBoardPossession')
        line.commitment = commitment
        line.encryption_key = `0x${words(point!)}`
        return this.enter(run, 1, trustee, keccak256(`0x${words(commitment, point!)}`))
      }
      case 'revealKeys': {
        const [, number, given, proofs] = call.args
        const points = pairs(given)
        now(number, run.step === 'reveal' && line.coefficients === null)
        insist(commitmentOf(place, trustee, points) === line.commitment, 'TrusteeBoardCommitment')
        for (const side of [0, 1] as const) {
          const of = possession(place, trustee, side, sideOf(points, side)[0]!)
          insist(proves(of, proofs[2 * side]!, proofs[2 * side + 1]!), 'TrusteeBoardPossession')
        }
        line.coefficients = points.map((point): Hex => `0x${words(point)}`)
        return this.enter(run, 2, trustee, keccak256(`0x${words(...points)}`))
      }
      case 'dealShares': {
        const [, number, shares] = call.args
        now(number, run.step === 'deal' && line.shares === null)
        insist(isDealing(run.accounts.length, shares), 'TrusteeBoardMalformed')
        line.shares = shares
        return this.enter(run, 3, trustee, keccak256(shares))
      }
      case 'approveKeys':
        now(call.args[1], run.step === 'approve' && !line.approved)
        insist(call.args[2] === run.transcript, 'TrusteeBoardTranscript')
        line.approved = true
        return this.retell(run)
      case 'complain': {
        const [, number, against, reasonHash] = call.args
        now(number, run.step !== 'complete')
        this.begin(run.run + 1)
        this.view.restarts.push({ run: run.run + 1, by: from, against, reason_hash: reasonHash, reason })
        return
      }
      default:
        throw refused('TrusteeBoardStep')
    }
  }

  private enter(run: RunView, step: 1 | 2 | 3, trustee: number, dataHash: Hex): void {
    this.entries.push({ step, trustee, dataHash })
    this.retell(run)
  }

  /** Step, transcript and keys as they follow from what was said. */
  private retell(run: RunView): void {
    const all = run.accounts.length
    run.entries = this.entries.map(({ step, trustee }) => ({ step, trustee }))
    run.transcript = transcriptOf(runPlaceOf(this.view, run), run.trustee_set_hash, this.entries)
    const approved = run.trustees.every(({ approved }) => approved)
    run.step = approved
      ? 'complete'
      : (['commit', 'reveal', 'deal', 'approve'] as const)[Math.floor(this.entries.length / all)]!
    if (!approved) return
    const keys = jointKeys(
      run.trustees.map(({ coefficients }) => coefficients!.map((point) => pointOf(point)!)),
    )
    run.keys = { in_favour: `0x${words(keys[0])}`, against: `0x${words(keys[1])}` }
    this.view.context = keccak256(stringToHex('rehearsal'))
  }
}

const proves = (statement: Statement, c: bigint, s: bigint): boolean =>
  holds(statement, { challenges: [c], responses: [s] })

function pairs(given: readonly bigint[]): Point[] {
  return given.flatMap((x, at) => (at % 2 ? [] : (readPoint(x, given[at + 1] ?? 0n) ?? [])))
}

function insist(fits: boolean, error: string): void {
  if (!fits) throw refused(error)
}

const refused = (reason: string): Problem =>
  new Problem(409, 'ACT_WOULD_FAIL', reason, { reason: `${reason}()` })
