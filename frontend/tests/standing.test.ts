import { describe, expect, it } from 'vitest'
import { noteEntered } from '@/api/entered'
import { Problem, Unreachable } from '@/api/problem'
import type { KeyChange, KeyChangeState, KeyState, Owner, PublicKey } from '@/api/types'
import { KeyStore } from '@/chain/keyStore'
import { NextKeys } from '@/chain/nextKey'
import { changeSteps } from '@/owner/composables/keyChangeSteps'
import { isThreatened, readStanding } from '@/owner/composables/useStanding'
import { weightReason } from '@/owner/composables/weightReason'
import type { Services } from '@/services'
import { memoryShelves } from '@/store/memory'
import type { Address } from 'viem'

const SLUG = 'garden'
const ELSEWHERE: Address = '0x8ba1f109551bD432803012645Ac136ddd64DBA72'
const change = (key: Address, state: KeyChangeState): KeyChange => ({
  state,
  key,
  requested_at: 1,
  effective_at: 0,
})

/** A phone and what the server says of its owner; `owner` undefined: nobody is logged in. */
function phone() {
  let asked = 0
  const shelves = memoryShelves()
  const keys = new KeyStore(shelves, Date.now, 1)
  const nextKeys = new NextKeys(shelves, keys)
  const told: { owner?: Partial<Owner>; public?: PublicKey; away?: boolean } = {}
  noteEntered()
  const api = {
    owner: async () => {
      asked += 1
      if (!told.owner) throw new Problem(401, 'LOGIN_REQUIRED', '')
      return { community: SLUG, voter: 7, key_change: null, ...told.owner }
    },
    keyChange: async () => {
      if (!told.public) throw new Unreachable('away')
      return told.public
    },
  } as unknown as Services['api']
  return { keys, nextKeys, told, asked: () => asked, read: () => readStanding({ api, keys, nextKeys }, SLUG) }
}

describe('standing on a device where nobody ever proved an identity', () => {
  it('is a guest without asking the server who is logged in', async () => {
    const { read, asked } = phone()
    localStorage.clear()
    expect((await read()).standing).toBe('guest')
    expect(asked()).toBe(0)
    noteEntered()
    await read()
    expect(asked()).toBe(1)
  })
})

describe('standing of a logged-in owner', () => {
  it.each<[KeyState, string]>([
    ['submitted', 'registering'],
    ['registered', 'ready'],
    ['refused', 'refused'],
  ])('key %s on this phone: %s', async (key_state, standing) => {
    const { keys, read, told } = phone()
    const { address } = await keys.create(SLUG, 7, '480213')
    told.owner = { key: address, key_state }
    expect((await read()).standing).toBe(standing)
  })

  it('needs a key, or has it elsewhere', async () => {
    const { read, told } = phone()
    told.owner = { key: null, key_state: 'none' }
    expect((await read()).standing).toBe('needsKey')
    told.owner = { key: ELSEWHERE, key_state: 'registered' }
    expect((await read()).standing).toBe('otherPhone')
  })

  it('moves to the new phone once the change is done, and not before', async () => {
    const { keys, nextKeys, read, told } = phone()
    const { address } = await nextKeys.create(SLUG, 7, '480213')
    told.owner = { key: ELSEWHERE, key_state: 'registered', key_change: change(address, 'approved') }
    expect(await read()).toMatchObject({ standing: 'changing', mine: true })
    told.owner = { key: ELSEWHERE, key_state: 'registered', key_change: change(address, 'vetoed') }
    expect((await read()).standing).toBe('otherPhone')
    told.owner = { key: address, key_state: 'registered', key_change: change(address, 'done') }
    expect(await read()).toMatchObject({ standing: 'ready', key: { community: SLUG, voter: 7, address } })
    expect(await keys.sign(SLUG, 7, '480213', `0x${'11'.repeat(32)}`)).toMatch(/^0x/)
    expect(await nextKeys.find(SLUG, 7)).toBeUndefined()
  })

  it('keeps the old key beside one that waits, so that it can veto', async () => {
    const { keys, nextKeys, read, told } = phone()
    const old = await keys.create(SLUG, 7, '480213')
    const next = await nextKeys.create(SLUG, 7, '135790')
    told.owner = { key: old.address, key_state: 'registered', key_change: change(next.address, 'requested') }
    const view = await read()
    expect(view).toMatchObject({ standing: 'ready', key: old, mine: true })
    expect(isThreatened(view)).toBe(false)
  })
})

describe('standing of a phone on which nobody is logged in', () => {
  it('is warned of a change that was asked for elsewhere', async () => {
    const { keys, read, told } = phone()
    expect(await read()).toEqual({ standing: 'guest' })
    const { address } = await keys.create(SLUG, 7, '480213')
    expect(await read()).toMatchObject({ standing: 'ready' })
    told.public = { key: address, change: change(ELSEWHERE, 'approved') }
    const view = await read()
    expect(view.standing).toBe('ready')
    expect(isThreatened(view)).toBe(true)
    told.public = { key: ELSEWHERE, change: null }
    expect((await read()).standing).toBe('otherPhone')
  })

  it('takes over when its waiting key is on the chain', async () => {
    const { nextKeys, read, told } = phone()
    const { address } = await nextKeys.create(SLUG, 7, '480213')
    told.public = { key: ELSEWHERE, change: change(address, 'approved') }
    expect((await read()).standing).toBe('changing')
    told.public = { key: address, change: null }
    expect((await read()).standing).toBe('ready')
  })
})

describe('course of a change of key', () => {
  it.each<[KeyChangeState, string[]]>([
    ['submitted', ['now', 'next', 'next', 'next']],
    ['requested', ['done', 'now', 'next', 'next']],
    ['approved', ['done', 'done', 'now', 'next']],
    ['done', ['done', 'done', 'done', 'done']],
    ['vetoed', ['done', 'done', 'ended', 'next']],
    ['refused', ['ended', 'next', 'next', 'next']],
  ])('%s', (state, steps) => {
    expect(changeSteps(change(ELSEWHERE, state)).map((each) => each.state)).toEqual(steps)
  })
})

describe('why an owner is one head', () => {
  const units = (...counted: boolean[]) => counted.map((each) => ({ counted: each })) as Owner['units']
  it.each([
    ['person', 'holder', units(true), 'one'],
    ['person', 'holder', units(true, false), 'one'],
    ['person', 'holder', units(true, true), 'several'],
    ['person', 'guardian', units(true, true), 'guardian'],
    ['joint', 'representative', units(true), 'joint'],
    ['company', 'authorised', units(true), 'company'],
  ] as const)('%s %s', (kind, role, owned, reason) => {
    expect(weightReason({ kind, role, units: owned })).toBe(reason)
  })
})
