/** The recorded meeting that waits for its first trustee, and ways to falsify what a node says of it. */
import { readFileSync } from 'node:fs'
import type { AbiEvent, Address, Hex } from 'viem'
import { encodeAbiParameters, hexToBytes, toEventSelector } from 'viem/utils'
import { fromRecording, type Recording } from '@/verifier/recording'
import { answer, eventOf, question, readEvent, type ContractName } from '@/verifier/release'
import release from '@/verifier/release.json'
import { recoverNow, type Signed } from '@/verifier/signatures'
import { waitingStage, type Facts } from '@/trustee/decryption/facts'
import type { Offer, Seat } from '@/trustee/decryption/judge'
import { recountFor, type Asker, type Recount } from '@/trustee/decryption/recount'

type News = Pick<Recording, 'blocks' | 'transactions' | 'code' | 'calls' | 'logs' | 'head'>
interface File {
  seed: Hex
  meeting: number
  account: Address
  board: Address
  sealed: Recording
  later: News
}
interface Log {
  address: Address
  topics: Hex[]
  data: Hex
  logIndex: Hex
}

const FILE = JSON.parse(readFileSync('../tests/vectors/sealed-meeting.json', 'utf8')) as File

export const MEETING = BigInt(FILE.meeting)
export const SEAT: Seat = {
  chainId: Number(FILE.sealed.chainId),
  board: FILE.board,
  meeting: FILE.meeting,
}
export const ASKER: Asker = {
  registry: FILE.sealed.registry,
  seat: SEAT,
  account: FILE.account,
  seed: new Uint8Array(hexToBytes(FILE.seed)),
}

/** What a node says: before anything was shared, or when the second stage waits. */
export class Node {
  readonly recording: Recording

  constructor(when: 'sealed' | 'later' = 'sealed') {
    this.recording = structuredClone(FILE.sealed)
    if (when === 'later') this.learn(structuredClone(FILE.later))
  }

  private learn(news: News): void {
    const { recording } = this
    recording.head = news.head
    for (const part of ['blocks', 'transactions', 'code'] as const) Object.assign(recording[part], news[part])
    for (const [to, answers] of Object.entries(news.calls))
      recording.calls[to] = { ...(recording.calls[to] as object), ...(answers as object) }
    for (const [where, logs] of Object.entries(news.logs))
      (recording.logs[where] as Log[]).push(...(logs as Log[]))
  }

  /** The address that the registry gives for one of its contracts. */
  link(name: 'secretMeeting' | 'trusteeBoard'): Address {
    const said = this.answers(ASKER.registry)[question('OwnerRegistry', name)]!
    return answer('OwnerRegistry', name, said) as Address
  }

  answers = (to: string): Record<string, Hex> => this.recording.calls[to.toLowerCase()] as Record<string, Hex>

  /** Change the answer of a contract to a question. */
  falsify(to: string, contract: ContractName, name: string, args: unknown[], edit: (said: Hex) => Hex): void {
    const data = question(contract, name, args)
    this.answers(to)[data] = edit(this.answers(to)[data]!)
  }

  logs(contract: ContractName, name: string): Log[] {
    const topic = topicOf(contract, name)
    const all = Object.values(this.recording.logs).flat() as Log[]
    const found = all.filter(({ topics }) => topics[0] === topic)
    if (!found.length) throw new Error(`no ${name}`)
    return found
  }

  /** Leave a log out. */
  drop(log: Log): void {
    for (const [where, logs] of Object.entries(this.recording.logs))
      this.recording.logs[where] = (logs as Log[]).filter((one) => one !== log)
  }

  /** Change what an event says. */
  retell(contract: ContractName, log: Log, edit: (args: Record<string, unknown>) => Record<string, unknown>) {
    const event = eventOf(contract, log.topics[0]!)!
    const args = { ...readEvent(event, log.topics, log.data) }
    const told = edit(args)
    log.data = encodeAbiParameters(event.data as never, event.data.map(({ name }) => told[name]) as never)
  }

  /** Another event right after one, in the same transaction. */
  insertAfter(log: Log, contract: ContractName, name: string, data: Hex): void {
    const logs = this.recording.logs[log.address.toLowerCase()] as Log[]
    const topics = [topicOf(contract, name), log.topics[1]!]
    const logIndex: Hex = `0x${(Number(log.logIndex) + 1).toString(16)}`
    logs.splice(logs.indexOf(log) + 1, 0, { ...log, topics, data, logIndex })
  }

  /** Read it all, as the trustee's worker does. */
  recount = (asker: Asker = ASKER): Promise<Recount> =>
    recountFor(fromRecording(this.recording), asker, { recover })
}

/** What an honest system offers to be decrypted. */
export const offerOf = (facts: Facts): Offer => {
  const stage = waitingStage(facts)
  return {
    context: facts.context,
    seal_hash: facts.sealHash,
    stage: stage ? { stage: stage.stage, aggregates: stage.sums } : null,
  }
}

/** Flip the last bit of bytes. */
export const flipped = (said: Hex): Hex =>
  `${said.slice(0, -1)}${(Number.parseInt(said.at(-1)!, 16) ^ 1).toString(16)}` as Hex

function topicOf(contract: ContractName, name: string): Hex {
  const entry = (release[contract].abi as { type: string; name: string }[]).find(
    (one) => one.type === 'event' && one.name === name,
  )
  return toEventSelector(entry as unknown as AbiEvent)
}

const known = new Map<string, Address | undefined>()
/** Signatures that were recovered before are not recovered again. */
async function recover(signed: Signed[]): Promise<(Address | undefined)[]> {
  const keyOf = ({ digest, r, s, v }: Signed) => `${digest}${r}${s}${v}`
  const fresh = signed.filter((one) => !known.has(keyOf(one)))
  const found = recoverNow(fresh)
  fresh.forEach((one, at) => known.set(keyOf(one), found[at]))
  return signed.map((one) => known.get(keyOf(one)))
}
