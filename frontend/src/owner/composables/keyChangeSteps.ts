/** The steps of a change of key, and which one a change has reached. */
import type { KeyChange, KeyChangeState } from '@/api/types'
import type { LineStep } from '@/components/stepLine'

export const CHANGE_STEPS = ['asked', 'approved', 'waiting', 'done'] as const
export type ChangeStep = (typeof CHANGE_STEPS)[number]

/** How many steps are behind a change in each state; it stands at the next one. */
const BEHIND: Record<KeyChangeState, number> = {
  submitted: 0,
  requested: 1,
  approved: 2,
  done: 4,
  vetoed: 2,
  cancelled: 1,
  refused: 0,
}
const STOPPED: readonly KeyChangeState[] = ['vetoed', 'cancelled', 'refused']

/** State of each step; without a change all are still to come. */
export function changeSteps(change?: KeyChange): { step: ChangeStep; state: LineStep['state'] }[] {
  if (!change) return CHANGE_STEPS.map((step) => ({ step, state: 'next' }))
  const behind = BEHIND[change.state]
  const here = STOPPED.includes(change.state) ? 'ended' : 'now'
  return CHANGE_STEPS.map((step, at) => ({
    step,
    state: at < behind ? 'done' : at === behind ? here : 'next',
  }))
}
