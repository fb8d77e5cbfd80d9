import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { decodeOpening, encodeOpening, type PortableOpening } from '@/chain/openedCode'
import { CodeRefused } from '@/chain/receiptCode'
import type { Choice } from '@/chain/choices'

const KINDS: Choice[] = ['for', 'against', 'abstain']
const openingOf = (motions: number): PortableOpening => ({
  community: 'jin-yuan-garden-2',
  meeting: 12,
  voter: 4_294_967_295,
  ballotHash: `0x${'5a'.repeat(32)}`,
  shownAt: 1_800_000_000,
  signature: `0x${'c3'.repeat(65)}`,
  motions: Array.from({ length: motions }, (_, at) => ({
    choice: KINDS[at % 3]!,
    r: `0x${(at + 1).toString(16).padStart(64, '0')}`,
  })),
})
const faultOf = (text: string): string | undefined => {
  try {
    decodeOpening(text)
    return undefined
  } catch (error) {
    return error instanceof CodeRefused ? error.fault : String(error)
  }
}

describe('the short form of an opening', () => {
  it.each([1, 3, 4, 5, 20])('of %i motions is read back whole, alone and at the end of a link', (motions) => {
    const code = encodeOpening(openingOf(motions))
    expect(decodeOpening(code)).toEqual(openingOf(motions))
    expect(decodeOpening(` https://yard.example/opened#${code}\n`)).toEqual(openingOf(motions))
  })

  it('tells what is no code from what was damaged, cut off or lengthened, wherever', () => {
    const code = encodeOpening(openingOf(3))
    const start = code.indexOf('.') + 1
    for (let at = start; at < code.length; at += 1) {
      const sign = code[at] === 'A' ? 'B' : 'A'
      const changed = code.slice(0, at) + sign + code.slice(at + 1)
      expect(at < start + 2 ? ['damaged', 'newer'] : ['damaged'], `at ${at}`).toContain(faultOf(changed))
    }
    for (let at = start + 8; at < code.length; at += 7) expect(faultOf(code.slice(0, at))).toBe('damaged')
    expect(faultOf(`${code}AAAA`)).toBe('damaged')
    expect(faultOf(code.replace('garden', 'yard'))).toBe('damaged')
    expect(faultOf('https://yard.example/opened')).toBe('noCode')
  })

  it('fits a picture that a phone can show and another can read, for twenty motions', () => {
    const link = (motions: number) => `https://wanjia.example.org/opened#${encodeOpening(openingOf(motions))}`
    const versionOf = (motions: number) => encode(link(motions), { ecc: 'L' }).version
    expect([versionOf(5), versionOf(20)]).toEqual([13, 23])
  })
})
