/** A key ceremony followed on the board: who may take part, and each run recomputed from what was said in it. */
import type { Address, Hex } from 'viem'
import {
  commitHash,
  commitmentOf,
  enrolment,
  jointKeys,
  possession,
  revealHash,
  shareKey,
  sideOf,
  SIDES,
  transcriptOf,
  type Entry,
  type Run,
  type Side,
} from '@/wsb/ceremony'
import { trusteeSetHash } from '@/wsb/context'
import { INFINITY, readPoint, type Point } from '@/wsb/group'
import { holds, isReadable, type Statement } from '@/wsb/proof'
import { keccak256 } from 'viem/utils'
import { actsOf, argumentsOf } from '../acts'
import type { Community } from '../community'
import { is, place, type Log } from '../logs'
import type { Meeting } from '../meeting'

const STEPS = ['KeysCommitted', 'KeysRevealed', 'SharesDealt', 'KeysApproved'] as const
export type Step = Log<(typeof STEPS)[number]>
export const isStep = (log: Log): log is Step => (STEPS as readonly string[]).includes(log.name)

/** Trustees as the committee proposed them; `hash` is recomputed. */
export interface Trustees {
  accounts: Address[]
  threshold: number
  hash: Hex
}

export function trusteesOf(community: Community, { args }: Log<'TrusteesProposed'>): Trustees {
  const { accounts, threshold, meeting } = args
  const board = community.links.trusteeBoard!
  const of = { chainId: Number(community.chain.id), board, meeting: Number(meeting) }
  return { accounts, threshold, hash: trusteeSetHash({ ...of, threshold, accounts }) }
}

/** Tell whether a trustee may have done what a log of the board says; who called cannot always be seen. */
export function isOwn(community: Community, log: Log, account: Address | undefined): boolean {
  const { acts, hidden } = actsOf(community, log)
  return hidden || acts.some(({ by }) => by === account)
}

/** The coordinates of points one after the other; nothing when one may not be read. */
function pointsIn(numbers: readonly bigint[]): Point[] | undefined {
  const found: Point[] = []
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    const point = readPoint(numbers[at]!, numbers[at + 1]!)
    if (!point) return undefined
    found.push(point)
  }
  return found
}

function proves(statement: Statement, c: bigint, s: bigint): boolean {
  const proof = { challenges: [c], responses: [s] }
  return isReadable(proof) && holds(statement, proof)
}

/** One run: what every step of every trustee was worth. */
export class Ceremony {
  readonly faults: { key: string; values: Record<string, string | number> }[] = []
  private step = 0
  private done = new Set<number>()
  private readonly entries: Entry[] = []
  private readonly commitments = new Map<number, Hex>()
  private readonly reveals = new Map<number, Point[]>()

  constructor(
    private readonly community: Community,
    readonly run: Run,
    readonly trustees: Trustees,
  ) {}

  get isComplete(): boolean {
    return this.step === STEPS.length
  }

  /** How many of the four steps everybody has taken. */
  get steps(): number {
    return this.step
  }

  get transcript(): Hex {
    return transcriptOf(this.run, this.trustees.hash, this.entries)
  }

  /** The meeting's keys by what was revealed. */
  get keys(): [Point, Point] {
    return jointKeys([...this.reveals.values()])
  }

  /** A trustee's share key by what was revealed; infinity, which opens nothing, where that does not add up. */
  shareKey(trustee: number, side: Side): Point {
    const reveals = [...this.reveals.values()]
    const whole = reveals.length > 0 && reveals.every(({ length }) => length === reveals[0]!.length)
    return whole ? shareKey(reveals, side, trustee) : INFINITY
  }

  /** Judge one step of one trustee. */
  take(log: Step): void {
    const { trustee } = log.args
    const account = this.trustees.accounts[trustee - 1]
    if (!isOwn(this.community, log, account)) this.fault(log, 'notOwnStep')
    if (is(log, 'KeysCommitted') && !this.isEnrolled(log)) this.fault(log, 'notEnrolled')
    const order = (STEPS as readonly string[]).indexOf(log.name)
    if (!account || order !== this.step || this.done.has(trustee)) return this.fault(log, 'outOfTurn')
    if (is(log, 'KeysCommitted')) this.commit(log)
    else if (is(log, 'KeysRevealed')) this.reveal(log)
    else if (is(log, 'SharesDealt')) this.write(3, trustee, keccak256(log.args.shares))
    else if (is(log, 'KeysApproved') && log.args.transcript !== this.transcript)
      this.fault(log, 'otherTranscript')
    this.done.add(trustee)
    if (this.done.size < this.trustees.accounts.length) return
    this.step += 1
    this.done = new Set()
  }

  private commit(log: Log<'KeysCommitted'>): void {
    const { trustee, commitment, encryptionKey } = log.args
    const key = readPoint(...encryptionKey)
    if (!key) return this.fault(log, 'unreadableStep')
    this.commitments.set(trustee, commitment)
    this.write(1, trustee, commitHash(commitment, key))
  }

  /** The call brought the proof that the encryption key is held, where the call can be seen. */
  private isEnrolled(log: Log<'KeysCommitted'>): boolean {
    const { trustee, encryptionKey } = log.args
    const acts = actsOf(this.community, log)
    if (acts.hidden) return true
    const key = readPoint(...encryptionKey)
    const said = argumentsOf<{ encryptionKey: bigint[]; c: bigint; s: bigint }>(
      acts,
      'TrusteeBoard',
      'commitKeys',
    )
    return said.some(
      ({ encryptionKey: [x, y], c, s }) =>
        key !== undefined &&
        x === encryptionKey[0] &&
        y === encryptionKey[1] &&
        proves(enrolment(this.run, trustee, key), c, s),
    )
  }

  private reveal(log: Log<'KeysRevealed'>): void {
    const { trustee, coefficients: numbers, proofs } = log.args
    const points = pointsIn(numbers)
    if (!points) return this.fault(log, 'unreadableStep')
    this.write(2, trustee, revealHash(points))
    this.reveals.set(trustee, points)
    if (numbers.length !== 4 * this.trustees.threshold) return this.fault(log, 'otherCoefficients')
    if (commitmentOf(this.run, trustee, points) !== this.commitments.get(trustee))
      this.fault(log, 'otherCommitment')
    for (const side of SIDES) {
      const statement = possession(this.run, trustee, side, sideOf(points, side)[0]!)
      if (!proves(statement, proofs[2 * side]!, proofs[2 * side + 1]!)) this.fault(log, 'constantNotHeld')
    }
  }

  private write(step: Entry['step'], trustee: number, dataHash: Hex): void {
    this.entries.push({ step, trustee, dataHash })
  }

  private fault(log: Step, key: string): void {
    this.faults.push({ key, values: { where: place(log), trustee: log.args.trustee } })
  }
}

/** The last run of a meeting's ceremony; nothing when none began. */
export function ceremonyOf(community: Community, { board, id }: Meeting): Ceremony | undefined {
  const proposed = new Map<Hex, Trustees>()
  let trustees: Trustees | undefined
  let found: Ceremony | undefined
  for (const log of board) {
    if (is(log, 'TrusteesProposed')) proposed.set(log.args.trusteeSetHash, trusteesOf(community, log))
    else if (is(log, 'TrusteesConfirmed') || is(log, 'KeysRestarted')) {
      if (is(log, 'TrusteesConfirmed')) trustees = proposed.get(log.args.trusteeSetHash)
      if (!trustees) continue
      const address = community.links.trusteeBoard!
      const run = { chainId: Number(community.chain.id), board: address, meeting: Number(id) }
      found = new Ceremony(community, { ...run, run: log.args.run }, trustees)
    } else if (isStep(log) && log.args.run === found?.run.run) found.take(log)
  }
  return found
}
