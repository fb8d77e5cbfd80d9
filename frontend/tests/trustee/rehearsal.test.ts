import { afterEach, describe, expect, it, vi } from 'vitest'
import { shareSecretsOf } from '@/trustee/chain/derive'
import { keysCode } from '@/trustee/chain/codes'
import { Suspicion } from '@/trustee/chain/checks'
import { STEPS } from '@/trustee/chain/board'
import { EXPECTED, openTotal, sumsOf } from '@/trustee/rehearsal/count'
import type { Rehearsal } from '@/trustee/rehearsal/rehearsal'
import { WORDS, join, quick, until, visit } from './ceremony'

let held: Rehearsal | undefined
const begin = (fault = false) => {
  held = quick(fault)
  return { rehearsal: held, ...visit(held.world) }
}
afterEach(() => held?.stop())

describe('a rehearsal beside two simulated trustees', () => {
  it('goes from the passphrase to a made-up vote that comes out right', async () => {
    const asked = vi.spyOn(globalThis, 'fetch')
    const { rehearsal, trustee } = begin()
    await trustee.load.settled
    expect(trustee.standing.value?.scene).toBe('invited')
    await join(trustee)
    for (const step of STEPS) {
      await until(trustee, 'act', step)
      await trustee.ceremony.act(trustee.standing.value!.trustee!)
      expect(trustee.ceremony.error.value).toBeUndefined()
    }
    await until(trustee, 'complete')
    const board = trustee.board.value!
    expect(keysCode(board, board.run!)).toMatch(/^([0-9A-F]{4} ){3}[0-9A-F]{4}$/)
    const own = { trustee: 1, secrets: shareSecretsOf(trustee.seed.seed.value!, board, 1) }
    const openers = [own, await rehearsal.opener(board.run!)]
    expect(openTotal(board.run!, sumsOf(board.run!), openers)).toEqual(EXPECTED)
    expect(asked).not.toHaveBeenCalled()
    expect(trustee.lines.value.map(({ label, own: mine }) => [label, mine])).toEqual([
      ['抽签业主', true],
      ['业主委员会', false],
      ['居委会', false],
    ])
  })

  it('names the trustee whose dealing does not fit, and begins anew after a complaint', async () => {
    const { trustee } = begin(true)
    await join(trustee)
    for (const step of ['commit', 'reveal', 'deal', 'approve']) {
      await until(trustee, 'act', step)
      await trustee.ceremony.act(1)
    }
    expect(trustee.ceremony.fault.value).toBe(3)
    expect(trustee.board.value!.run!.trustees[0]!.approved).toBe(false)
    await trustee.ceremony.complain(3, '居委会的份额不符')
    expect(trustee.restart.value).toMatchObject({ run: 2, against: 3, reason: '居委会的份额不符' })
    expect(trustee.ceremony.fault.value).toBeUndefined()
    for (const step of STEPS) {
      await until(trustee, 'act', step)
      await trustee.ceremony.act(1)
    }
    await until(trustee, 'complete')
    expect(trustee.board.value!.run!.run).toBe(2)
  })

  it('does a step once when its button is pressed twice', async () => {
    const { rehearsal, trustee } = begin()
    await join(trustee)
    await until(trustee, 'act', 'commit')
    const handed = vi.spyOn(rehearsal.world.api, 'handInAct')
    await Promise.all([trustee.ceremony.act(1), trustee.ceremony.act(1)])
    const own = trustee.seed.held.value!.account
    expect(handed.mock.calls.filter(([{ from }]) => from === own)).toHaveLength(1)
  })

  it('goes on after the page was closed in the middle, with the same values from the same seed', async () => {
    const { rehearsal, trustee, leave } = begin()
    await join(trustee)
    await until(trustee, 'act', 'commit')
    await trustee.ceremony.act(1)
    const committed = trustee.board.value!.run!.trustees[0]!.commitment
    leave()
    const again = visit(rehearsal.world).trustee
    await until(again, 'act', 'reveal')
    expect(again.seed.seed.value).toBeUndefined()
    await expect(again.seed.unlock('not these words')).rejects.toThrow()
    await again.seed.unlock(WORDS)
    await again.ceremony.act(1)
    expect(again.ceremony.error.value).toBeUndefined()
    expect(again.board.value!.run!.trustees[0]!.commitment).toBe(committed)
  })

  it('carries an act to the chain that was signed when the page went away', async () => {
    const { rehearsal, trustee, leave } = begin()
    await join(trustee)
    await until(trustee, 'act', 'commit')
    const { api } = rehearsal.world
    const own = trustee.seed.held.value!.account
    const handIn = api.handInAct.bind(api)
    let network: 'gone' | 'back' = 'gone'
    const handed = vi.spyOn(api, 'handInAct').mockImplementation((request, ...rest) => {
      if (network === 'gone' && request.from === own) return Promise.reject(new TypeError('cut'))
      return handIn(request, ...rest)
    })
    await trustee.ceremony.act(1)
    expect(trustee.ceremony.state.value).toBe('failed')
    const signed = (await rehearsal.world.vault.find('rehearsal', 1))!.act!
    leave()
    network = 'back'
    const again = visit(rehearsal.world).trustee
    await again.load.settled
    await again.seed.unlock(WORDS)
    await until(again, 'act', 'reveal')
    const carried = handed.mock.calls.filter(([{ from }]) => from === own)
    expect(carried.map(([, signature]) => signature)).toEqual([signed.signature, signed.signature])
    expect((await rehearsal.world.vault.find('rehearsal', 1))!.act).toBeUndefined()
  })
})

describe('a server that shows something else', () => {
  const lie = async (steps: number, change: (rehearsal: Rehearsal) => void) => {
    const made = begin()
    await join(made.trustee)
    for (const step of STEPS.slice(0, steps)) {
      await until(made.trustee, 'act', step)
      await made.trustee.ceremony.act(1)
    }
    await until(made.trustee, 'act', STEPS[steps])
    made.rehearsal.stop()
    change(made.rehearsal)
    await made.trustee.load.refresh()
    const handed = vi.spyOn(made.rehearsal.world.api, 'prepareAct')
    if (made.trustee.standing.value!.scene === 'act') await made.trustee.ceremony.act(1)
    expect(handed).not.toHaveBeenCalled()
    const { error, fault } = made.trustee.ceremony
    return { scene: made.trustee.standing.value!, error: error.value, fault: fault.value }
  }

  it('other trustees than their hash says: nothing is done', async () => {
    const { scene } = await lie(
      0,
      ({ board }) => (board.view.run!.accounts[2] = board.view.run!.accounts[1]!),
    )
    expect(scene).toMatchObject({ scene: 'suspect', suspicion: new Suspicion('otherSet') })
  })

  it('another board or meeting than the seat was taken for: nothing is done', async () => {
    const { scene } = await lie(0, ({ board }) => (board.view.meeting = 2))
    expect(scene).toMatchObject({ scene: 'suspect', suspicion: new Suspicion('otherPlace') })
  })

  it('other coefficients under the own name: nothing is dealt', async () => {
    const { error } = await lie(2, ({ board }) => {
      const [own, other] = board.view.run!.trustees
      own!.coefficients = other!.coefficients
    })
    expect(error).toEqual(new Suspicion('notMine'))
  })

  it('other keys to deal to than the first time: no second dealing', async () => {
    const { rehearsal, trustee } = begin()
    await join(trustee)
    for (const step of ['commit', 'reveal']) {
      await until(trustee, 'act', step)
      await trustee.ceremony.act(1)
    }
    await until(trustee, 'act', 'deal')
    rehearsal.stop()
    const { api } = rehearsal.world
    const cut = vi.spyOn(api, 'prepareAct').mockRejectedValueOnce(new TypeError('cut'))
    await trustee.ceremony.act(1)
    const [, second, third] = rehearsal.board.view.run!.trustees
    second!.encryption_key = third!.encryption_key
    await trustee.load.refresh()
    await trustee.ceremony.act(1)
    expect(trustee.ceremony.error.value).toEqual(new Suspicion('otherKeys'))
    expect(cut).toHaveBeenCalledTimes(1)
  })

  it('a dealing that another run or dealer made: named, not approved', async () => {
    const { fault } = await lie(3, ({ board }) => {
      const [, second, third] = board.view.run!.trustees
      third!.shares = second!.shares
    })
    expect(fault).toBe(3)
  })

  it('a transcript or an order that is not the one of the board: not approved', async () => {
    const swapped = await lie(3, ({ board }) => board.view.run!.entries.reverse())
    expect(swapped.error).toEqual(new Suspicion('otherRecord'))
    held!.stop()
    const hidden = await lie(3, ({ board }) => {
      board.view.run!.entries[1] = board.view.run!.entries[0]!
    })
    expect(hidden.error).toEqual(new Suspicion('otherRecord'))
  })
})

describe('the rules of the stand-in are those of the board', () => {
  it('refuses what comes late, twice, from a stranger or with a stranger’s signature', async () => {
    const { rehearsal, trustee } = begin()
    await join(trustee)
    await until(trustee, 'act', 'commit')
    await trustee.ceremony.act(1)
    await until(trustee, 'act', 'reveal')
    rehearsal.stop()
    const { api } = rehearsal.world
    const own = trustee.seed.held.value!.account
    const late = await api.prepareAct(own, '0x')
    await expect(api.handInAct(late.request, '0x')).rejects.toThrow('ACT_WOULD_FAIL')
    const sender = await trustee.ceremony.sender()
    const { sendAct } = await import('@/trustee/chain/sending')
    const { commitCall, revealCall } = await import('@/trustee/chain/acts')
    const board = trustee.board.value!
    const actor = { board, run: board.run!, seed: trustee.seed.seed.value!, trustee: 1 }
    await expect(sendAct(sender, commitCall(actor))).rejects.toThrow('ACT_WOULD_FAIL')
    const elsewhere = { ...actor, run: { ...board.run!, run: 2 } }
    await expect(sendAct(sender, revealCall(elsewhere))).rejects.toThrow('ACT_WOULD_FAIL')
    await expect(sendAct(sender, revealCall({ ...actor, trustee: 2 }))).rejects.toThrow('ACT_WOULD_FAIL')
  })
})
