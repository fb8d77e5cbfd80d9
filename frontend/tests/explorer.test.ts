import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import {
  concat,
  encodeAbiParameters,
  encodeEventTopics,
  encodeFunctionData,
  hexToBytes,
  padHex,
  toHex,
} from 'viem/utils'
import type { Address, Hex } from 'viem'
import golden from '../../tests/vectors/eip712.json'
import secret from '../../tests/vectors/wsb-ballots.json'
import ceremony from '../../tests/vectors/wsb-ceremony.json'
import { Http } from '@/api/http'
import { Problem } from '@/api/problem'
import { forwarderAbi } from '@/chain/abi/forwarder'
import { openMeetingAbi } from '@/chain/abi/openMeeting'
import { releaseCode } from '@/chain/abi/release'
import { trusteeBoardAbi } from '@/chain/abi/trusteeBoard'
import { actsOf } from '@/auditor/chain/acts'
import {
  ballotAt,
  ballotsOf,
  batchesOf,
  picksOf,
  positionsOf,
  type OpenBallot,
  type SecretBallot,
} from '@/auditor/chain/ballots'
import { OPEN_SHAPE, shapeOf, type Frozen } from '@/auditor/chain/binding'
import { boardOf } from '@/auditor/chain/board'
import { ballotHasher, bodyHash, hasherOf, signerOf } from '@/auditor/chain/ballotHash'
import { cloneTarget, contractOf, expectedWords, filledIn, isCodeOf } from '@/auditor/chain/code'
import { keyAt } from '@/auditor/chain/community'
import type { AnyEvent } from '@/auditor/chain/events'
import type { Log } from '@/auditor/chain/reader'
import { rollOf } from '@/auditor/chain/roll'
import { Rpc, RpcError } from '@/auditor/chain/rpc'

const place = { chainId: golden.chain_id, openMeeting: golden.open_meeting as Address }
const TRANSACTION: Hex = `0x${'0a'.repeat(32)}`

/** The 77 bytes of a golden ballot. */
const recordOf = (row: (typeof golden.ballots)[number]): Hex =>
  concat([toHex(row.voter, { size: 4 }), toHex(BigInt(row.packed), { size: 8 }), row.signature as Hex])

const log = (index: number, topics: Log['topics'], data: Hex): Log => ({
  address: place.openMeeting,
  topics,
  data,
  block: 7,
  transaction: TRANSACTION,
  index,
})
const cast = (index: number, meeting: number, records: Hex): Log =>
  log(
    index,
    encodeEventTopics({
      abi: openMeetingAbi,
      eventName: 'BallotsCast',
      args: { meeting: BigInt(meeting) },
    }) as Log['topics'],
    encodeAbiParameters([{ type: 'bytes' }], [records]),
  )
const skipped = (index: number, position: number, reason: number): Log =>
  log(
    index,
    encodeEventTopics({
      abi: openMeetingAbi,
      eventName: 'BallotSkipped',
      args: { meeting: 1n },
    }) as Log['topics'],
    encodeAbiParameters(
      [{ type: 'uint256' }, { type: 'uint32' }, { type: 'uint8' }],
      [BigInt(position), 7, reason],
    ),
  )

describe('ballots in a batch', () => {
  it.each(golden.ballots)(
    'decodes the golden ballot of voter $voter, its hash and its signer',
    async (row) => {
      const records = recordOf(row)
      const ballot = ballotAt({ ...OPEN_SHAPE, records, skips: new Map() }, 0) as OpenBallot
      expect(ballot).toMatchObject({ voter: row.voter, choices: BigInt(row.packed), skipped: null })
      expect(ballot.signature).toBe(row.signature)
      const hash = ballotHasher(place, row.meeting, row.convene_hash as Hex)(ballot)
      expect(hash).toBe(row.digest)
      expect(await signerOf(hash, ballot.signature)).toBe(golden.address)
      expect(picksOf(ballot.choices, row.choices.length)).toEqual({ picks: row.choices, stray: false })
    },
  )

  it('shows an invalid choice and bits beyond the last motion for what they are', () => {
    expect(picksOf(0b1_00_11n, 2)).toEqual({ picks: ['invalid', 'abstain'], stray: true })
  })

  it('gives a signature that nobody can have made to nobody', async () => {
    expect(await signerOf(`0x${'11'.repeat(32)}`, `0x${'00'.repeat(65)}`)).toBeNull()
  })

  it('puts each skip to the batch it belongs to, also with two batches in a transaction', () => {
    const [one, other] = golden.ballots.map(recordOf) as [Hex, Hex]
    const logs = [
      skipped(3, 0, 4),
      cast(4, 1, concat([other])),
      skipped(1, 1, 2),
      cast(2, 1, concat([one, other])),
    ]
    const batches = batchesOf(logs)
    expect(batches.map(({ count, index, skips }) => [count, index, [...skips]])).toEqual([
      [2, 2, [[1, 'alreadyCast']]],
      [1, 4, [[0, 'overGroupCap']]],
    ])
    expect(ballotsOf(batches[0]!).map((ballot) => ballot.skipped)).toEqual([null, 'alreadyCast'])
  })

  it('finds every record of a voter, and no other', () => {
    const [one, other] = golden.ballots.map(recordOf) as [Hex, Hex]
    const batch = { ...OPEN_SHAPE, records: concat([one, other, one]), count: 3 }
    expect(positionsOf(batch, golden.ballots[0]!.voter)).toEqual([0, 2])
    expect(positionsOf(batch, 1)).toEqual([])
  })
})

describe('secret ballots in a batch', () => {
  const frozenOf = (form: keyof typeof secret.forms): Frozen => ({
    meeting: secret.meeting,
    kind: 'secret',
    contract: secret.secret_meeting as Address,
    conveneHash: `0x${'01'.repeat(32)}`,
    convening: { motions: secret.forms[form].motions } as unknown as Frozen['convening'],
    context: secret.forms[form].context as Hex,
  })

  it.each(secret.ballots)('finds voter, body and hashes of the golden ballot: $name', async (row) => {
    const frozen = frozenOf(row.form as keyof typeof secret.forms)
    const shape = shapeOf(frozen)
    expect(shape).toEqual({ kind: 'secret', size: (row.record.record.length - 2) / 2 })
    const records = concat([row.record.record as Hex, row.record.record as Hex])
    const logs = [skipped(1, 1, 7), cast(2, secret.meeting, records)]
    const [batch] = batchesOf(logs, () => shape)
    expect([batch!.count, positionsOf(batch!, row.voter)]).toEqual([2, [0, 1]])
    const [first, second] = ballotsOf(batch!) as SecretBallot[]
    expect(first).toMatchObject({ kind: 'secret', voter: row.voter, body: row.body, skipped: null })
    expect(second!.skipped).toBe('malformed')
    expect(bodyHash(frozen, first!.body)).toBe(row.ballot_hash)
    const hash = hasherOf(secret.chain_id, frozen)(first!)
    expect(hash).toBe(row.record.digest)
    expect(await signerOf(hash, first!.signature)).toBe(golden.address)
  })
})

describe("the trustees' board", () => {
  const said = (
    eventName: 'TrusteesProposed' | 'TrusteesConfirmed' | 'KeysApproved',
    args: unknown[],
  ): Log => {
    const abi = trusteeBoardAbi.filter((each) => each.type === 'event')
    const inputs = abi.find(({ name }) => name === eventName)!.inputs.filter(({ indexed }) => !indexed)
    const topics = encodeEventTopics({ abi: trusteeBoardAbi, eventName, args: { meeting: 3n } })
    return log(1, topics as Log['topics'], encodeAbiParameters(inputs, args as never))
  }
  const [accounts, hash] = [ceremony.accounts as Address[], ceremony.trustee_set_hash as Hex]
  const approved = said('KeysApproved', [1, 2, hash])

  it('names who acts by the set that was agreed to', () => {
    const others = [...accounts].reverse()
    const { trustees, acts } = boardOf([
      said('TrusteesProposed', [accounts, 3, hash]),
      said('TrusteesConfirmed', [1, hash, golden.address]),
      said('TrusteesProposed', [others, 3, `0x${'22'.repeat(32)}`]),
      approved,
    ])
    expect(trustees).toEqual({ accounts, threshold: 3 })
    expect(acts.at(-1)).toMatchObject({ name: 'KeysApproved', run: 1 })
    expect(acts.map(({ trustee }) => trustee)).toEqual([
      null,
      null,
      null,
      { number: 2, account: accounts[1] },
    ])
  })

  it('names nobody where no set was agreed to', () => {
    expect(boardOf([approved])).toMatchObject({ trustees: null, acts: [{ trustee: null }] })
  })

  it('has its calls decoded, large numbers in hexadecimal', () => {
    const words = [2n ** 255n, 7n]
    const input = encodeFunctionData({
      abi: trusteeBoardAbi,
      functionName: 'postShares',
      args: [3n, 0, 4, words],
    })
    const [act] = actsOf(place.openMeeting, input, golden.registry as Address)
    expect(act).toMatchObject({ name: 'postShares' })
    expect(act!.args.slice(2)).toEqual([
      { path: 'first', value: '4' },
      { path: 'words[0]', value: toHex(words[0]!, { size: 32 }) },
      { path: 'words[1]', value: '7' },
    ])
  })
})

describe('a published roll', () => {
  it('replays the words in order: the later one stands, area 0 is not on the roll', () => {
    const first = { firstWord: 0, words: [(100n << 32n) | (250n << 64n), 7n] }
    const later = { firstWord: 1, words: [9n << 224n] }
    const roll = rollOf([first, later])
    expect(roll.lines).toEqual([
      { voter: 1, area: 100 },
      { voter: 2, area: 250 },
      { voter: 15, area: 9 },
    ])
    expect([roll.area, roll.heads]).toEqual([359n, 3])
    expect(roll.digest).not.toBe(rollOf([later, first]).digest)
  })

  it('has the zero digest before anything is published', () => {
    expect(rollOf([])).toEqual({ lines: [], area: 0n, heads: 0, digest: `0x${'00'.repeat(32)}` })
  })
})

describe('code', () => {
  const names = Object.keys(releaseCode) as (keyof typeof releaseCode)[]
  const compiled = (name: string): Hex =>
    JSON.parse(readFileSync(`../contracts/build/${name}.json`, 'utf8')).deployedBytecode

  it.each(names)('of %s is known by what was compiled, whatever the constructor fills in', (name) => {
    const bytes = hexToBytes(compiled(name))
    expect(contractOf(toHex(bytes))).toBe(name)
    for (const [start, length] of releaseCode[name].immutables) bytes.fill(0xab, start, start + length)
    expect(isCodeOf(name, toHex(bytes))).toBe(true)
    expect(filledIn(name, toHex(bytes))).toEqual([`0x${'ab'.repeat(32)}`])
    bytes[bytes.length - 1]! ^= 1
    expect(isCodeOf(name, toHex(bytes))).toBe(false)
  })

  it('of a clone leads to what it stands for; other code is no clone', () => {
    const code: Hex = `0x363d3d373d3d3d363d73${'cd'.repeat(20)}5af43d82803e903d91602b57fd5bf3`
    expect(cloneTarget(code)).toBe(`0x${'cd'.repeat(20)}`)
    expect(cloneTarget(`${code}00`)).toBeNull()
    expect(cloneTarget('0x')).toBeNull()
  })

  it('may hold only the words that this release fills in', () => {
    const words = expectedWords('OwnerRegistry', {
      address: golden.registry as Address,
      chainId: golden.chain_id,
      forwarder: golden.open_meeting as Address,
      clonedFrom: [],
    })
    expect(words).toContain(padHex(golden.open_meeting.toLowerCase() as Hex, { size: 32 }))
    expect(words).toContain(`${padHex(toHex('Wanjia OwnerRegistry'), { dir: 'right', size: 31 })}14`)
    expect(new Set(words).size).toBe(8)
  })
})

describe('calls', () => {
  const forwarder = golden.registry as Address
  const consent = encodeFunctionData({
    abi: openMeetingAbi,
    functionName: 'consent',
    args: [3n, golden.convening.hash as Hex],
  })

  it('are named with their arguments', () => {
    expect(actsOf(place.openMeeting, consent, forwarder)).toEqual([
      {
        to: place.openMeeting,
        name: 'consent',
        signer: null,
        args: [
          { path: 'meeting', value: '3' },
          { path: 'conveneHash', value: golden.convening.hash },
        ],
      },
    ])
  })

  it('that the forwarder relays are told with who signed them', () => {
    const request = {
      from: golden.address as Address,
      to: place.openMeeting,
      value: 0n,
      gas: 100_000n,
      deadline: 1_800_000_000,
      data: consent,
      signature: '0x12' as Hex,
    }
    const input = encodeFunctionData({ abi: forwarderAbi, functionName: 'execute', args: [request] })
    const [outer, inner] = actsOf(forwarder, input, forwarder)
    expect(outer).toMatchObject({ name: 'execute', signer: null })
    expect(inner).toMatchObject({ name: 'consent', signer: golden.address, to: place.openMeeting })
  })

  it('of strangers are named by nobody', () => {
    expect(actsOf(place.openMeeting, '0xdeadbeef', forwarder)[0]).toMatchObject({ name: null, args: [] })
  })
})

describe("a voter's key", () => {
  const key = (name: string, block: number, args: Record<string, unknown>): AnyEvent => ({
    name,
    args: { voter: 7, ...args },
    address: place.openMeeting,
    block,
    transaction: TRANSACTION,
    index: 5,
  })

  it('is the one of the moment asked for', () => {
    const events = [
      key('OwnerRegistered', 2, { key: '0x01' }),
      key('KeyChangeRequested', 4, { newKey: '0x02' }),
      key('KeyChanged', 9, { newKey: '0x02' }),
      key('OwnerRegistered', 3, { voter: 8, key: '0x03' }),
    ]
    const at = (block: number, index: number) => keyAt(events, 7, { block, index })
    expect([at(1, 0), at(2, 4), at(2, 6), at(8, 0), at(9, 4), at(9, 6)]).toEqual([
      ...[null, null, '0x01', '0x01', '0x01', '0x02'],
    ])
  })
})

describe('the path to the chain', () => {
  const real = globalThis.fetch
  afterEach(() => {
    globalThis.fetch = real
  })
  const answering = (answer: (calls: { id: number; method: string }[]) => Response) => {
    const sizes: number[] = []
    globalThis.fetch = async (_input, init) => {
      const calls = JSON.parse(String(init?.body))
      sizes.push(calls.length)
      return answer(calls)
    }
    return sizes
  }

  it('carries calls of one moment together, a hundred at most, and gives each its own answer', async () => {
    const sizes = answering((calls) =>
      Response.json(calls.map(({ id, method }) => ({ jsonrpc: '2.0', id, result: method }))),
    )
    const rpc = new Rpc(new Http(() => 'en'))
    const asked = Array.from({ length: 130 }, (_, at) => `eth_${at}`)
    expect(await Promise.all(asked.map((method) => rpc.ask(method, [])))).toEqual(asked)
    expect(sizes).toEqual([100, 30])
  })

  it('tells a refusal of one call, and a problem of the whole', async () => {
    answering((calls) =>
      Response.json(
        calls.map(({ id }) => ({ jsonrpc: '2.0', id, error: { code: -32005, message: 'less' } })),
      ),
    )
    const rpc = new Rpc(new Http(() => 'en'))
    const refused = await rpc.ask('eth_getLogs', []).catch((cause: unknown) => cause)
    expect(refused instanceof RpcError && refused.tooMuch).toBe(true)
    const away = { code: 'CHAIN_UNAVAILABLE', detail: 'away', status: 503, values: {} }
    answering(() => Response.json(away, { status: 503 }))
    expect(await rpc.ask('eth_chainId', []).catch((cause: unknown) => cause)).toBeInstanceOf(Problem)
  })
})
