import { encodeAbiParameters, encodeFunctionData, pad, parseAbi, toHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { decode } from '@/verifier/abi'
import { asCount, asData, asQuantity, Malformed } from '@/verifier/hex'
import { fromRecording } from '@/verifier/recording'
import { callOf } from '@/verifier/release'
import { overHttp } from '@/verifier/rpc'
import { verify } from '@/verifier/verify'

const ABI = parseAbi([
  'function cast(uint256 meeting, bytes records)',
  'struct Request { address from; address to; uint256 value; uint256 gas; uint48 deadline; bytes data; bytes signature; }',
  'function executeBatch(Request[] requests, address refundReceiver)',
])
const PARAMETERS = [
  { name: 'flag', type: 'bool' },
  { name: 'who', type: 'address' },
  { name: 'small', type: 'uint32' },
  { name: 'rest', type: 'bytes' },
]
const encoded = encodeAbiParameters(PARAMETERS, [true, pad('0x01', { size: 20 }), 7, '0xabcdef']).slice(2)
/** The same data with one digit changed. */
const flipped = (at: number) => `${encoded.slice(0, at)}1${encoded.slice(at + 1)}`

describe('event data', () => {
  it('are read as libraries write them', () => {
    const read = decode(PARAMETERS, encoded, 'strict')
    expect(read).toEqual({ flag: true, who: pad('0x01', { size: 20 }), small: 7, rest: '0xabcdef' })
  })

  it.each([
    ['neither yes nor no', 62],
    ['no address', 64],
    ['more than 32 bits', 180],
    ['beyond the end', 200],
    ['padding is not zero', encoded.length - 1],
  ])('are refused: %s', (reason, at) => {
    expect(() => decode(PARAMETERS, flipped(at), 'strict')).toThrow(reason)
  })

  it('are refused when cut off, and when a list claims more than there is', () => {
    expect(() => decode(PARAMETERS, encoded.slice(0, -2), 'strict')).toThrow(Malformed)
    const list = [{ name: 'all', type: 'uint256[]' }]
    const huge = `${toHex(32, { size: 32 }).slice(2)}${toHex(2n ** 31n, { size: 32 }).slice(2)}`
    expect(() => decode(list, huge, 'strict')).toThrow(Malformed)
  })
})

describe('call data', () => {
  it('is read as libraries write it', () => {
    const input = encodeFunctionData({ abi: ABI, functionName: 'cast', args: [3n, '0x0102'] })
    expect(callOf('OpenMeeting', 'cast', input)).toEqual({ meeting: 3n, records: '0x0102' })
    expect(callOf('OpenMeeting', 'consent', input)).toBeUndefined()
  })

  it('is read behind an odd offset and whatever pads it, as the contract does', () => {
    const selector = encodeFunctionData({ abi: ABI, functionName: 'cast', args: [1n, '0x'] }).slice(0, 10)
    const word = (value: number) => toHex(value, { size: 32 }).slice(2)
    const input = `${selector}${word(1)}${word(65)}ff${word(2)}0102ffff` as `0x${string}`
    expect(callOf('OpenMeeting', 'cast', input)).toEqual({ meeting: 1n, records: '0x0102' })
  })

  it('is read request by request', () => {
    const one = { value: 0n, gas: 1n, deadline: 2, data: '0x1234', signature: '0x' } as const
    const requests = [5, 6].map((from) => ({
      ...one,
      from: pad(toHex(from), { size: 20 }),
      to: pad('0x09', { size: 20 }),
    }))
    const args = [requests, pad('0x07', { size: 20 })] as const
    const input = encodeFunctionData({ abi: ABI, functionName: 'executeBatch', args })
    const read = callOf<{ requests: unknown[] }>('ERC2771Forwarder', 'executeBatch', input)
    expect(read?.requests).toMatchObject(requests.map(({ from, to, data }) => ({ from, to, data })))
  })
})

describe('a node that answers anything', () => {
  it.each([null, 0, -1, '', '0xzz', 'nonsense', [], {}, true])('%j is no number and no bytes', (value) => {
    expect(() => asQuantity(value)).toThrow(Malformed)
    expect(() => asCount(value)).toThrow(Malformed)
    expect(() => asData(value)).toThrow(Malformed)
  })

  it('fails every check that could not be made', async () => {
    const empty = { blocks: {}, logs: {}, transactions: {}, calls: {}, code: {} }
    const silent = { format: 'wanjia-audit-recording-1', registry: '', chainId: '0x1', head: '0x5', ...empty }
    const { ok, checks } = await verify(fromRecording(silent), `0x${'11'.repeat(20)}`)
    const failed = checks.filter((check) => !check.ok).map(({ id }) => id)
    expect(ok).toBe(false)
    expect(failed).toEqual(['chain.continuity', 'contracts.links', 'contracts.code', 'meeting.lifecycle'])
  })

  it('is named when it gives no answer, and left after a few attempts', async () => {
    const ask = overHttp('http://127.0.0.1:9/', { pause: 0, timeout: 500, attempts: 2 })
    await expect(verify(ask, `0x${'11'.repeat(20)}`)).rejects.toThrow('http://127.0.0.1:9/')
  })
})
