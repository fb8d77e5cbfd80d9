import { describe, expect, it } from 'vitest'
import type { Address, Hex } from 'viem'
import type { MeetingState } from '@/api/types'
import type { BoardView, Step } from '@/trustee/chain/board'
import { progressOf, restartOf, standingOf, trusteeLines } from '@/trustee/chain/standing'
import type { Holding } from '@/trustee/vault/vault'
import { trusteeSetHash } from '@/wsb/context'

const address = (digit: number): Address => `0x${String(digit).repeat(40)}`
const [BOARD, ...ACCOUNTS] = [9, 1, 2, 3].map(address) as [Address, Address, Address, Address]
const PLACE = { chainId: 31337, board: BOARD, meeting: 4 }
const LABELS = ['业主委员会', '监事', '抽签业主']

const holding = (change: Partial<Holding> = {}): Holding => ({
  ...{ community: 'yard', seat: 2, label: '监事', account: ACCOUNTS[1]!, place: PLACE },
  ...{ exported: true, dealtTo: {}, ...change },
})

/** A board before its run; with `step`, one in which the trustees of `done` have taken that step. */
function board(step?: Step, done: number[] = [], change: (board: BoardView) => void = () => {}): BoardView {
  const said = (at: number, own: Step, value: Hex): Hex | null => {
    const order: Step[] = ['commit', 'reveal', 'deal', 'approve', 'complete']
    const passed = order.indexOf(own) < order.indexOf(step!)
    return passed || (own === step && done.includes(at)) ? value : null
  }
  const made: BoardView = {
    ...{ chain_id: PLACE.chainId, board: BOARD, meeting: PLACE.meeting, proposal: null, run: null },
    ...{ context: null, seal_hash: null, stage: null, restarts: [] },
    seats: ACCOUNTS.map((account, at) => ({ seat: at + 1, label: LABELS[at]!, account })),
  }
  if (step) {
    made.run = {
      ...{ run: 1, step, threshold: 2, accounts: ACCOUNTS, transcript: '0x', entries: [], keys: null },
      trustee_set_hash: trusteeSetHash({ ...PLACE, threshold: 2, accounts: ACCOUNTS }),
      trustees: ACCOUNTS.map((account, at) => ({
        ...{ trustee: at + 1, account, commitment: said(at + 1, 'commit', '0x01') },
        ...{ encryption_key: said(at + 1, 'commit', '0x02'), shares: said(at + 1, 'deal', '0x03') },
        coefficients: said(at + 1, 'reveal', '0x04') && ['0x04'],
        approved: said(at + 1, 'approve', '0x05') !== null,
      })),
    }
  }
  change(made)
  return made
}

const sceneOf = (
  view: BoardView,
  held: Holding | undefined = holding(),
  meeting: MeetingState = 'notice',
  invited = false,
) => standingOf(view, meeting, held, invited).scene

describe('what a trustee has to do now', () => {
  it('before joining: open the invitation, keep the file, take the seat', () => {
    const empty = board(undefined, [], ({ seats }) => seats.forEach((seat) => (seat.account = null)))
    expect(standingOf(empty, 'notice', undefined, false).scene).toBe('foreign')
    expect(standingOf(empty, 'notice', undefined, true).scene).toBe('invited')
    expect(sceneOf(empty, holding({ exported: false }), 'notice', true)).toBe('export')
    expect(sceneOf(empty, holding(), 'notice', true)).toBe('seat')
    expect(sceneOf(empty)).toBe('unseated')
  })

  it('before a run: wait; in a run of others: nothing', () => {
    expect(sceneOf(board())).toBe('waiting')
    expect(sceneOf(board('commit'), holding({ account: address(7) }))).toBe('excluded')
  })

  it.each(['commit', 'reveal', 'deal', 'approve'] as const)(
    '%s: act until it is done, then watch',
    (step) => {
      expect(standingOf(board(step, [1, 3]), 'notice', holding(), false)).toEqual({
        scene: 'act',
        step,
        trustee: 2,
      })
      expect(sceneOf(board(step, [2]))).toBe('watch')
    },
  )

  it('once keys are made: come back for the sums, until the result is there', () => {
    expect(sceneOf(board('complete'))).toBe('complete')
    const sealed = board('complete', [], (view) => (view.stage = { stage: 0, aggregates: [], posted: [] }))
    expect(sceneOf(sealed, holding(), 'closed')).toBe('decrypt')
    expect(sceneOf(board('complete'), holding(), 'declared')).toBe('over')
  })

  it('in a meeting that lapsed or was voided: nothing, however far the ceremony was', () => {
    expect(sceneOf(board('deal'), holding(), 'lapsed')).toBe('ended')
    expect(sceneOf(board('complete'), holding(), 'void')).toBe('ended')
  })

  it('nothing on another board, or with trustees that their hash does not say', () => {
    expect(sceneOf(board('commit'), holding({ place: { ...PLACE, meeting: 5 } }))).toBe('suspect')
    expect(sceneOf(board('commit', [], ({ run }) => (run!.threshold = 3)))).toBe('suspect')
    expect(sceneOf(board('commit', [], ({ run }) => run!.trustees.pop()))).toBe('suspect')
  })

  it('nothing where at most half of the trustees could open', () => {
    const minority = board('approve', [], ({ run }) => {
      run!.threshold = 1
      run!.trustee_set_hash = trusteeSetHash({ ...PLACE, threshold: 1, accounts: ACCOUNTS })
    })
    const { scene, suspicion } = standingOf(minority, 'notice', holding(), false)
    expect([scene, suspicion?.reason]).toEqual(['suspect', 'minority'])
  })
})

describe('what the others have done', () => {
  it('is told by office, one mark a step', () => {
    const view = board('reveal', [3])
    const lines = trusteeLines(view, ACCOUNTS[1])
    expect(lines.map(({ label, own, done }) => [label, own, done.commit, done.reveal])).toEqual([
      ['业主委员会', false, true, false],
      ['监事', true, true, false],
      ['抽签业主', false, true, true],
    ])
    expect(progressOf(view.run!, 'reveal')).toEqual({ done: 1, all: 3 })
    expect(trusteeLines(board(), undefined)).toHaveLength(3)
  })

  it('tells of a restart in the run that began with it only', () => {
    const restart = { run: 1, by: ACCOUNTS[0]!, against: 3, reason_hash: '0x' as Hex, reason: null }
    expect(restartOf(board('commit', [], ({ restarts }) => restarts.push(restart)))).toEqual(restart)
    expect(
      restartOf(board('commit', [], ({ restarts }) => restarts.push({ ...restart, run: 2 }))),
    ).toBeUndefined()
  })
})
