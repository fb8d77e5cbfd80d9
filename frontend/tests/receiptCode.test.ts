import { describe, expect, it } from 'vitest'
import type { Address, Hex } from 'viem'
import golden from '../../tests/vectors/eip712.json'
import type { Api } from '@/api/api'
import { Problem } from '@/api/problem'
import { checkReceipt, isAtRest } from '@/chain/receiptCheck'
import { CodeRefused, decodeReceipt, encodeReceipt, fingerprintOf } from '@/chain/receiptCode'
import { Trust } from '@/chain/trust'
import { linesOf } from '@/owner/composables/receiptImage'
import { memoryShelves } from '@/store/memory'

const { receipt: row } = golden
const RECEIPT = {
  community: 'yard',
  chainId: golden.chain_id,
  contract: golden.open_meeting.toLowerCase() as Address,
  meeting: row.meeting,
  voter: row.voter,
  ballotHash: row.ballot_hash as Hex,
  sequence: row.sequence,
  receivedAt: row.received_at,
  signature: row.signature as Hex,
}
const CODE = encodeReceipt(RECEIPT)

const faultOf = (text: string): string | undefined => {
  try {
    decodeReceipt(text)
    return undefined
  } catch (error) {
    return error instanceof CodeRefused ? error.fault : String(error)
  }
}

describe('the short form of a receipt', () => {
  it('is read back whole, alone and at the end of a link', () => {
    expect(decodeReceipt(CODE)).toEqual(RECEIPT)
    expect(decodeReceipt(`  https://yard.example/check#${CODE}\n`)).toEqual(RECEIPT)
  })

  it('tells what is no code from what was damaged or cut off, wherever', () => {
    expect(faultOf('hello')).toBe('noCode')
    expect(faultOf('')).toBe('noCode')
    const start = CODE.indexOf('.') + 1
    for (let at = start; at < CODE.length; at += 1) {
      const sign = CODE[at] === 'A' ? 'B' : 'A'
      const fault = faultOf(CODE.slice(0, at) + sign + CODE.slice(at + 1))
      expect(at < start + 2 ? ['damaged', 'newer'] : ['damaged'], `at ${at}`).toContain(fault)
    }
    expect(faultOf(CODE.slice(0, -1))).toBe('damaged')
    expect(faultOf(CODE.replace('yard', 'farm'))).toBe('damaged')
  })

  it('shows the start of the ballot code in groups', () => {
    expect(fingerprintOf('0x0123456789abcdef00')).toBe('0123 4567 89AB CDEF')
  })
})

/** A server that knows one community and answers `ballot`. */
function server(ballot: () => Promise<unknown>) {
  const chain = {
    chain_id: golden.chain_id,
    registry: golden.registry,
    open_meeting: golden.open_meeting,
    operator: row.operator,
  }
  return {
    community: () => Promise.resolve({ name: '小院', chain }),
    meeting: () => Promise.resolve({ title: '业主大会' }),
    ballot,
  } as unknown as Pick<Api, 'community' | 'meeting' | 'ballot'>
}

describe('a receipt from another phone', () => {
  const recorded = server(() => Promise.resolve({ state: 'recorded', times: {} }))
  const check = (api = recorded, receipt = RECEIPT) => checkReceipt(api, new Trust(memoryShelves()), receipt)

  it('is genuine when the operator signed it, and says where its ballot is', async () => {
    const found = await check()
    expect(found).toMatchObject({ proof: 'genuine', whereabouts: 'recorded', meeting: '业主大会' })
    expect(isAtRest(found)).toBe(false)
  })

  it('is forged with any other word in it, and its ballot is not asked for', async () => {
    const changed = { ...RECEIPT, sequence: RECEIPT.sequence + 1 }
    const found = await check(
      server(() => Promise.reject(new Error('asked'))),
      changed,
    )
    expect(found.proof).toBe('forged')
    expect(isAtRest(found)).toBe(true)
  })

  it('does not fit when it names another contract than its community has', async () => {
    const other = { ...RECEIPT, contract: `0x${'11'.repeat(20)}` as Address }
    expect((await check(recorded, other)).proof).toBe('elsewhere')
  })

  it('stays genuine, and says so, when the server does not know its ballot', async () => {
    const forgetful = server(() => Promise.reject(new Problem(404, 'NOT_FOUND', '')))
    expect(await check(forgetful)).toMatchObject({ proof: 'genuine', whereabouts: 'unknown' })
  })

  it('is not judged where this phone knows the community otherwise', async () => {
    const trust = new Trust(memoryShelves())
    await checkReceipt(recorded, trust, RECEIPT)
    const moved = {
      ...recorded,
      community: async () => {
        const community = await recorded.community('yard')
        return { ...community, chain: { ...community.chain, operator: golden.registry as Address } }
      },
    }
    await expect(checkReceipt(moved, trust, RECEIPT)).rejects.toThrow('placeChanged')
  })
})

describe('lines of the picture', () => {
  it('break between Chinese signs but before no closing mark, and keep Latin words whole', () => {
    const wide = (piece: string) => piece.length
    expect(linesOf('一二三，四五', 3, wide)).toEqual(['一二', '三，四', '五'])
    expect(linesOf('the last word', 8, wide)).toEqual(['the last', 'word'])
    expect(linesOf('', 8, wide)).toEqual([''])
  })
})
