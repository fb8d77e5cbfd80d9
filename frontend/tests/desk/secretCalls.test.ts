import { describe, expect, it } from 'vitest'
import type { Address, Hex } from 'viem'
import { encodeFunctionData, parseAbi } from 'viem/utils'
import { Distrust } from '@/chain/trust'
import { checkExpected, readCall, type DeskPlace } from '@/desk/chain/calls'

const at = (digit: string) => `0x${digit.repeat(40)}` as Address
const PLACE: DeskPlace = {
  chainId: 1,
  forwarder: at('1'),
  openMeeting: at('2'),
  registry: at('3'),
  notary: at('4'),
  secretMeeting: at('5'),
  board: at('6'),
}
const HASH = `0x${'ab'.repeat(32)}` as Hex
const ABI = parseAbi([
  'function consent(uint256 meeting, bytes32 conveneHash)',
  'function proposeTrustees(uint256 meeting, address[] accounts, uint8 threshold)',
  'function confirmTrustees(uint256 meeting, bytes32 trusteeSetHash)',
  'function restartKeys(uint256 meeting, uint32 run, bytes32 reasonHash)',
])
const consent = encodeFunctionData({ abi: ABI, functionName: 'consent', args: [3n, HASH] })

describe('calls about a secret meeting', () => {
  it('are read with the contract they go to, and a convening may be expected of one kind only', () => {
    const read = readCall(PLACE, { to: at('5'), data: consent })
    expect(read).toEqual({
      name: 'consent',
      contract: 'secretMeeting',
      args: { meeting: 3n, conveneHash: HASH },
    })
    expect(() => checkExpected(read, { name: 'consent', contract: 'secretMeeting' })).not.toThrow()
    expect(() => checkExpected(read, { name: 'consent', contract: 'openMeeting' })).toThrow(Distrust)
  })

  it('go nowhere in a community that knows no secret ballots', () => {
    const old = { ...PLACE, secretMeeting: null, board: null }
    expect(() => readCall(old, { to: at('5'), data: consent })).toThrow(Distrust)
    expect(readCall(old, { to: at('2'), data: consent }).contract).toBe('openMeeting')
  })

  it("are the board's alone when they are about trustees, and fit to the account and the hash", () => {
    const args = [3n, [at('a'), at('b'), at('c')], 2] as const
    const data = encodeFunctionData({ abi: ABI, functionName: 'proposeTrustees', args })
    expect(() => readCall(PLACE, { to: at('5'), data })).toThrow(Distrust)
    const read = readCall(PLACE, { to: at('6'), data })
    const announce = (accounts: Address[], threshold: number) =>
      checkExpected(read, { name: 'proposeTrustees', args: { meeting: 3, accounts, threshold } })
    expect(() => announce([at('a'), at('b'), at('c')], 2)).not.toThrow()
    expect(() => announce([at('a'), at('c'), at('b')], 2)).toThrow(Distrust)
    expect(() => announce([at('a'), at('b')], 2)).toThrow(Distrust)
    expect(() => announce([at('a'), at('b'), at('c')], 3)).toThrow(Distrust)
    const confirm = encodeFunctionData({ abi: ABI, functionName: 'confirmTrustees', args: [3n, HASH] })
    expect(readCall(PLACE, { to: at('6'), data: confirm }).args).toEqual({
      meeting: 3n,
      trusteeSetHash: HASH,
    })
    const restart = encodeFunctionData({ abi: ABI, functionName: 'restartKeys', args: [3n, 1, HASH] })
    expect(readCall(PLACE, { to: at('6'), data: restart }).name).toBe('restartKeys')
  })
})
