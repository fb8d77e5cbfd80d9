import { describe, expect, it } from 'vitest'
import type { Address, Hex } from 'viem'
import type { Board, Seating } from '@/desk/api/trusteesApi'
import {
  hasTaken,
  isConfirmed,
  isProposed,
  officeOf,
  phaseOf,
  postedBy,
  seatedAccounts,
  type RunTrustee,
} from '@/desk/composables/trustees/trusteeDesk'

const account = (digit: string) => `0x${digit.repeat(40)}` as Address
const ACCOUNTS = [account('a'), account('b'), account('c')]
const OFFICES = ['业主委员会', '监事', '居委会']
const seating = (accounts: (Address | null)[], threshold = 2): Seating => ({
  threshold: accounts.length > 0 ? threshold : null,
  seats: accounts.map((one, at) => ({ seat: at + 1, label: OFFICES[at]!, token: null, account: one })),
})
const FULL = seating(ACCOUNTS)
const SET = { accounts: ACCOUNTS, threshold: 2, trustee_set_hash: '0x01' as Hex }
const TRUSTEE: RunTrustee = {
  trustee: 1,
  account: ACCOUNTS[0]!,
  commitment: '0x01',
  encryption_key: '0x01',
  coefficients: null,
  shares: null,
  approved: false,
}
const RUN: NonNullable<Board['run']> = {
  ...SET,
  run: 1,
  step: 'commit',
  transcript: '0x01',
  entries: [],
  trustees: [TRUSTEE],
  keys: null,
}
const EMPTY: Board = {
  chain_id: 1,
  board: account('f'),
  meeting: 1,
  threshold: 2,
  seats: FULL.seats,
  proposal: null,
  run: null,
  restarts: [],
  context: null,
  seal_hash: null,
  stage: null,
}
const KEYS = { in_favour: '0x02' as Hex, against: '0x03' as Hex }
const STAGE: NonNullable<Board['stage']> = { stage: 0, aggregates: [], posted: [{ trustee: 2, shares: 4 }] }

describe('where the trustees of a meeting are', () => {
  it.each([
    ['seats', EMPTY, seating([]), 'convened'],
    ['joining', EMPTY, seating([account('a'), null, null]), 'convened'],
    ['proposing', EMPTY, FULL, 'notice'],
    ['confirming', { ...EMPTY, proposal: SET }, FULL, 'notice'],
    ['ceremony', { ...EMPTY, proposal: SET, run: RUN }, FULL, 'notice'],
    ['made', { ...EMPTY, proposal: SET, run: { ...RUN, keys: KEYS } }, FULL, 'notice'],
    ['adopted', { ...EMPTY, proposal: SET, run: { ...RUN, keys: KEYS }, context: '0x04' }, FULL, 'open'],
    ['decrypting', { ...EMPTY, context: '0x04', stage: STAGE }, FULL, 'closed'],
    ['opened', { ...EMPTY, context: '0x04', seal_hash: '0x05', stage: STAGE }, FULL, 'declared'],
    ['adopted', { ...EMPTY, context: '0x04' }, FULL, 'final'],
    ['over', { ...EMPTY, proposal: SET }, FULL, 'lapsed'],
  ] as const)('%s', (phase, board, seats, state) => {
    expect(phaseOf(board as Board, seats, state)).toBe(phase)
  })

  it('is proposing again when a seat, its order or the threshold is another than proposed', () => {
    const board = { ...EMPTY, proposal: SET, run: RUN }
    expect(isProposed(board, FULL)).toBe(true)
    const [a, b, c] = ACCOUNTS
    for (const other of [seating([b!, a!, c!]), seating([a!, b!, account('d')]), seating(ACCOUNTS, 3)]) {
      expect(isProposed(board, other)).toBe(false)
      expect(phaseOf(board, other, 'notice')).toBe('proposing')
    }
    expect(phaseOf(board, seating([a!, null, c!]), 'notice')).toBe('joining')
  })

  it('takes a run for confirmed only when it is of the trustees proposed last', () => {
    expect(isConfirmed({ proposal: SET, run: RUN })).toBe(true)
    expect(isConfirmed({ proposal: { ...SET, trustee_set_hash: '0x02' }, run: RUN })).toBe(false)
    expect(isConfirmed({ proposal: null, run: null })).toBe(false)
  })
})

describe('whose an account is, and what it has done', () => {
  it('by its seat, whatever the case of its letters', () => {
    expect(officeOf(FULL.seats, account('B'))).toBe('监事')
    expect(officeOf(FULL.seats, account('d'))).toBeUndefined()
    expect(seatedAccounts(seating([account('a'), null, account('c')]))).toEqual([])
    expect(seatedAccounts(FULL)).toEqual(ACCOUNTS)
  })

  it('by what stands on the board', () => {
    expect(['commit', 'reveal', 'deal', 'approve'].map((step) => hasTaken(TRUSTEE, step as 'deal'))).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(hasTaken({ ...TRUSTEE, shares: '0x' }, 'deal')).toBe(true)
    expect([postedBy({ stage: STAGE }, 2), postedBy({ stage: STAGE }, 1)]).toEqual([4, 0])
  })
})
