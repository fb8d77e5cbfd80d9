/** The present step of the ceremony: done at the press of a button, once, also over a reload. */
import { ref, shallowRef, type Ref } from 'vue'
import type { Hex } from 'viem'
import { Problem } from '@/api/problem'
import { newSalt, statementHash } from '@/chain/statement'
import type { ForwarderPlace } from '@/desk/chain/forwarding'
import { approveCall, commitCall, complainCall, dealCall, revealCall, type Actor } from '../chain/acts'
import { runPlaceOf, type BoardView, type RunView } from '../chain/board'
import { Suspicion, checkOwn, dealingMemory, encryptionKeys } from '../chain/checks'
import { BadDealing, accountSecretOf } from '../chain/derive'
import { carryAct, sendAct, type SendWishes, type Sender } from '../chain/sending'
import { hasDone, type CeremonyStep } from '../chain/standing'
import type { TrusteeApi } from '../api'
import type { Vault } from '../vault/vault'
import type { TrusteeSeed } from './useSeed'

/** `settling`: the chain has it, the board does not show it yet. */
export type DoingState = 'idle' | 'checking' | 'preparing' | 'queued' | 'submitted' | 'settling' | 'failed'

export interface CeremonyParts {
  api: TrusteeApi
  vault: Vault
  seed: TrusteeSeed
  /** Which forwarder carries acts; throws `Distrust` when it is another than before. */
  place: () => Promise<ForwarderPlace>
  /** Read the board anew. */
  refresh: () => Promise<unknown>
  board: () => BoardView | undefined
  pause?: () => Promise<void>
}

export type Ceremony = ReturnType<typeof useCeremony>

const CALLS: Record<CeremonyStep, (actor: Actor) => Hex> = {
  commit: commitCall,
  reveal: revealCall,
  deal: dealCall,
  approve: approveCall,
}
/** How often the board is read until it shows what the chain has. */
const SETTLING_READS = 60

export function useCeremony(parts: CeremonyParts) {
  const { api, vault, seed } = parts
  const state = ref<DoingState>('idle')
  const error = shallowRef<unknown>()
  /** Number of the trustee whose dealing does not fit. */
  const fault: Ref<number | undefined> = ref()
  const wait = parts.pause ?? (() => new Promise<void>((resume) => setTimeout(resume, 1_000)))

  /** Take the step under way. */
  const act = (trustee: number): Promise<void> =>
    once(async () => {
      const board = parts.board()!
      const run = board.run!
      const step = run.step as CeremonyStep
      state.value = 'checking'
      await breathe()
      const actor = { board, run, seed: seed.seed.value!, trustee }
      checkOwn(board, run, actor.seed, trustee)
      if (step === 'deal') await rememberKeys(board, run)
      await send(CALLS[step](actor), { of: `${run.run}/${step}` })
      await settle((now) => now.run !== run.run || hasDone(now, trustee, step))
    })

  /** Complain of a dealing with words that everybody may read; the ceremony begins anew. */
  const complain = (against: number, text: string): Promise<void> =>
    once(async () => {
      const board = parts.board()!
      const run = board.run!
      const reason = { text: text.trim(), salt: newSalt() }
      const call = complainCall({ board, run }, against, statementHash(reason.text, reason.salt))
      await send(call, { of: `${run.run}/complain`, reason })
      await settle((now) => now.run !== run.run)
      fault.value = undefined
    })

  /** Go on with an act that was signed before a reload, unless the board shows that its time is over. */
  const resume = (trustee: number): Promise<void> =>
    once(async () => {
      const { act: signed } = seed.held.value!
      const run = parts.board()?.run
      if (!signed || !run) return
      const [number, step] = signed.of.split('/')
      const passed = Number(number) !== run.run || (step !== 'complain' && step !== run.step)
      if (passed || hasDone(run, trustee, run.step as CeremonyStep)) return wishes().keep!(undefined)
      await carried(carryAct(api, signed, wishes()))
      await settle((now) => now.run !== run.run || hasDone(now, trustee, run.step as CeremonyStep))
    })

  /** Shares go to the keys that this browser saw first, or nowhere: others could be of somebody who wants to read them. */
  async function rememberKeys(board: BoardView, run: RunView): Promise<void> {
    const memory = dealingMemory(runPlaceOf(board, run), encryptionKeys(run))
    if (!(await vault.dealTo(seed.held.value!, ...memory))) throw new Suspicion('otherKeys')
  }

  async function send(data: Hex, more: SendWishes): Promise<void> {
    await carried(sendAct(await sender(), data, { ...wishes(), ...more }))
  }

  /** An act of this account that is on its way already is not an error: the board will show it. */
  async function carried(sending: Promise<void>): Promise<void> {
    await sending.catch((cause: unknown) => {
      if (!(cause instanceof Problem && cause.code === 'ACT_NONCE_STALE')) throw cause
    })
  }

  /** Who acts: for the calls of decryption too. */
  async function sender(): Promise<Sender> {
    const { place, account } = seed.held.value!
    const secret = accountSecretOf(seed.seed.value!, place)
    return { api, ...(await parts.place()), chainId: place.chainId, board: place.board, account, secret }
  }

  const wishes = (): SendWishes => ({
    tell: (now) => (state.value = now),
    keep: async (signed) => (seed.held.value = await vault.keepAct(seed.held.value!, signed)),
    ...(parts.pause ? { pause: parts.pause } : {}),
  })

  async function settle(shown: (run: RunView) => boolean): Promise<void> {
    state.value = 'settling'
    for (let read = 0; read < SETTLING_READS; read += 1) {
      await parts.refresh()
      const { run } = parts.board() ?? {}
      if (run && shown(run)) return
      await wait()
    }
  }

  /** One thing at a time: a second press does nothing. */
  async function once(deed: () => Promise<unknown>): Promise<void> {
    if (state.value !== 'idle' && state.value !== 'failed') return
    state.value = 'preparing'
    error.value = undefined
    try {
      await deed()
      state.value = 'idle'
    } catch (cause) {
      if (cause instanceof BadDealing) fault.value = cause.dealer
      else error.value = cause
      state.value = error.value ? 'failed' : 'idle'
    }
    await parts.refresh()
  }
  return { state, error, fault, act, complain, resume, sender, wishes }
}

/** Let the page draw "checking" before the mathematics takes the thread. */
const breathe = (): Promise<void> => new Promise((resume) => setTimeout(resume, 30))
