/** A trustee's decryption: count first, refuse or show, then make and post shares; the same again for the second stage. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { BoardView } from '../chain/board'
import type { Seed } from '../chain/derive'
import { sendAct, type Sender } from '../chain/sending'
import type { TrusteeSeat } from '../vault/exportFile'
import type { Beside, Step } from './beside'
import { waitingStage, type Facts, type Stage } from './facts'
import { judge, type Refusal } from './judge'
import { OtherTally, type DecryptionMemory } from './memory'
import { postCall } from './shares'

/**
 * `counting`: everything is read and counted; `refused`; `found`: the trustee may decrypt; `sharing`: shares are made;
 * `sending`: they go to the chain; `shared`: the others' turn; `opened`: no sum waits any more; `failed`: the chain
 * could not be read, or a call did not arrive.
 */
export type DecryptionState =
  | 'counting'
  | 'refused'
  | 'found'
  | 'sharing'
  | 'sending'
  | 'shared'
  | 'opened'
  | 'failed'

export interface DecryptionParts {
  seat: TrusteeSeat
  seed: () => Seed
  board: () => BoardView
  /** Read the board anew. */
  refresh: () => Promise<unknown>
  /** The community's registry, as the system names it. */
  registry: () => Promise<string>
  rpc: string
  sender: () => Promise<Sender>
  memory: DecryptionMemory
  beside: Beside
}

export type Decryption = ReturnType<typeof useDecryption>

export function useDecryption(parts: DecryptionParts) {
  const state = ref<DecryptionState>('counting')
  const step = shallowRef<Step>({ phase: 'contracts', done: 0, total: 1 })
  const facts = shallowRef<Facts>()
  const seconds = ref(0)
  const refusals = shallowRef<Refusal[]>([])
  const error = shallowRef<unknown>()
  const stage = computed(() => facts.value && waitingStage(facts.value))
  const { seat, beside, memory } = parts
  const { place } = seat
  const show = (now: Step) => (step.value = now)
  onScopeDispose(beside.end)

  /** Read the chain, recount, and judge. */
  async function count(): Promise<void> {
    state.value = 'counting'
    step.value = { phase: 'contracts', done: 0, total: 1 }
    await guarded(async () => {
      const asker = {
        registry: await parts.registry(),
        seat: place,
        account: seat.account,
        seed: parts.seed(),
      }
      const before = parts.board().stage?.stage
      const found = await beside.recount(parts.rpc, asker, show)
      await parts.refresh()
      // others' shares opened a stage meanwhile: what was counted is of the one before
      if (parts.board().stage?.stage !== before) return count()
      facts.value = found.facts
      seconds.value = found.seconds
      await weigh(found.facts)
    })
  }

  /** Make the shares of the stage that waits and post those that are missing. */
  async function decrypt(): Promise<void> {
    const [found, waiting] = [facts.value, stage.value]
    if (state.value !== 'found' || !found || !waiting) return
    state.value = 'sharing'
    await guarded(async () => {
      await memory.remember(place, found, waiting)
      const words = await beside.share(waiting.stage, show)
      await post(found, waiting, words)
      state.value = 'shared'
      await parts.refresh()
      if (parts.board().stage?.stage !== waiting.stage && state.value === 'shared') await count()
    })
  }

  async function weigh(found: Facts): Promise<void> {
    refusals.value = judge(found, place, parts.board(), await memory.find(place))
    const waiting = waitingStage(found)
    if (refusals.value.length) state.value = 'refused'
    else if (!waiting) state.value = 'opened'
    else state.value = hasPosted(found, waiting) ? 'shared' : 'found'
  }

  /**
   * What is on the chain already is not posted again. Nothing of a call is kept over a reload: the chain is counted anew
   * then, and a share made again opens nothing else.
   */
  async function post(found: Facts, { stage: number, posted }: Stage, words: bigint[][]): Promise<void> {
    state.value = 'sending'
    let first = posted[found.trustee - 1]!
    for (;;) {
      show({ phase: 'sending', done: first, total: words.length })
      const call = postCall(place.meeting, number, first, words)
      if (!call) return
      await sendAct(await parts.sender(), call.data, { of: `${found.run}/shares/${number}/${first}` })
      first += call.shares
    }
  }

  async function guarded(deed: () => Promise<void>): Promise<void> {
    error.value = undefined
    try {
      await deed()
    } catch (cause) {
      if (cause instanceof OtherTally && facts.value) {
        await weigh(facts.value)
        if (refusals.value.length) return
      }
      error.value = cause
      state.value = 'failed'
    }
  }

  // the next stage, or the end: counted anew before anything else is decrypted
  watch(
    () => parts.board().stage?.stage,
    (now, before) => {
      if (now !== before && (state.value === 'shared' || state.value === 'found')) void count()
    },
  )
  return { state, step, facts, seconds, refusals, error, stage, count, decrypt }
}

/** This trustee has shared everything of a stage. */
const hasPosted = ({ trustee }: Facts, { sums, posted }: Stage): boolean =>
  (posted[trustee - 1] ?? 0) >= sums.length
