/**
 * Signing an act. For pages: `<SignAct :calls="calls" :expects="expects" :label="label" @done="..." />`.
 *
 * - `calls` ({to, data}[]) as the server gives them (`/staff/meetings`, `.../acts/<name>`), one or several in order; or a
 *   function that fetches them when the button is pressed.
 * - `expects` is what the page says is signed: the function's name and the arguments the page knows, by the names in
 *   `desk/chain/calls.ts`, e.g. `{ name: 'consent', args: { meeting: 3, conveneHash } }`; parts of a struct are enough.
 *   Every call must fit it, else `Distrust('actChanged')` and nothing is signed. Pass all the page has shown.
 * - Without the part: `const act = useAct()`, `await act.prepare(calls, expects)` -> state 'confirming', `act.shown` is
 *   what the bytes say (words: `useCallWords`); `await act.sign(pin)`; watch `act.state`, `act.finished` of `act.total`.
 *   The second and later calls are prepared, checked and signed when the one before is done. After 'refused', `error`
 *   says why, and `sign(pin)` goes on with the first call that is not done. A wrong PIN leads back to 'confirming'.
 */
import { computed, ref, shallowRef } from 'vue'
import type { Hex } from 'viem'
import { Problem } from '@/api/problem'
import { PinRefused } from '@/chain/keyStore'
import { Distrust } from '@/chain/trust'
import { useDeskApi } from '@/desk/api/deskApi'
import type { Call, ForwardRequest, PreparedAct } from '@/desk/api/types'
import { checkExpected, readCall, type DeskPlace, type Expected, type ReadCall } from '@/desk/chain/calls'
import { digestToSign } from '@/desk/chain/forwarding'
import { ActRefused, followAct } from './followAct'
import { useDeskPlace } from './useDeskPlace'
import { useOfficialKey } from './useOfficialKey'

export type ActState =
  | 'idle'
  | 'preparing'
  | 'confirming'
  | 'signing'
  | 'queued'
  | 'submitted'
  | 'done'
  | 'refused'

export function useAct() {
  const desk = useDeskApi()
  const readPlace = useDeskPlace()
  const key = useOfficialKey()
  const state = ref<ActState>('idle')
  const error = shallowRef<unknown>()
  /** What the calls say by their own bytes. */
  const shown = shallowRef<readonly ReadCall[]>([])
  const finished = ref(0)
  const total = computed(() => shown.value.length)
  let calls: readonly Call[] = []
  let place: DeskPlace
  let first: PreparedAct | undefined
  /** Signed, and not known to have arrived: the same bytes again are the same act. */
  let signed: { request: ForwardRequest; signature: Hex } | undefined

  /** Read the calls, hold them against what the page announced, and try the first without sending it. */
  async function prepare(
    asked: readonly Call[] | (() => Promise<readonly Call[]>),
    expects: Expected,
  ): Promise<void> {
    reset()
    state.value = 'preparing'
    await guarded(async () => {
      const given = typeof asked === 'function' ? await asked() : asked
      if (given.length === 0) throw new Distrust('actChanged')
      place = await readPlace()
      const read = given.map((call) => readCall(place, call))
      for (const call of read) checkExpected(call, expects)
      calls = given
      shown.value = read
      first = await desk.prepareAct(given[0]!)
      state.value = 'confirming'
    })
  }

  /** Sign and hand in every call that is not done yet. */
  async function sign(pin: string): Promise<void> {
    await guarded(async () => {
      while (finished.value < calls.length) {
        state.value = 'signing'
        signed ??= await signNext(calls[finished.value]!, pin)
        const { act } = await desk.handInAct(signed.request, signed.signature)
        await followAct(desk, act, (now) => (state.value = now))
        signed = undefined
        finished.value += 1
      }
      state.value = 'done'
    })
  }

  async function signNext(call: Call, pin: string) {
    const prepared = first ?? (await desk.prepareAct(call))
    const digest = digestToSign(place, key.address.value, call, prepared)
    const signature = await key.sign(pin, digest)
    first = undefined
    return { request: prepared.request, signature }
  }

  /** Forget what was prepared. */
  function reset(): void {
    state.value = 'idle'
    finished.value = 0
    shown.value = []
    error.value = first = signed = undefined
  }

  async function guarded(deed: () => Promise<void>): Promise<void> {
    error.value = undefined
    try {
      await deed()
    } catch (cause) {
      error.value = cause
      if (!(cause instanceof PinRefused)) first = undefined
      if (cause instanceof ActRefused || (cause instanceof Problem && !cause.passing)) signed = undefined
      state.value = cause instanceof PinRefused ? 'confirming' : 'refused'
    }
  }

  return { state, error, shown, finished, total, key, prepare, sign, reset }
}
