/** Follows an act that was handed in until the chain has done or refused it. */
import { Problem, Unreachable } from '@/api/problem'
import type { DeskApi } from '@/desk/api/deskApi'

const PAUSE_MS = 1_000

/** The contract or the relay refused an act; the code is one of the server's error table. */
export class ActRefused extends Error {
  constructor(
    readonly code: string,
    readonly reason: string,
  ) {
    super(code)
  }
}

/** Tell each state it passes; resolve when it is done, throw `ActRefused` when it is refused. */
export async function followAct(
  api: Pick<DeskApi, 'act'>,
  act: number,
  tell: (state: 'queued' | 'submitted') => void,
  pause: () => Promise<void> = () => new Promise((resume) => setTimeout(resume, PAUSE_MS)),
): Promise<void> {
  tell('queued')
  for (;;) {
    const status = await api.act(act).catch(passing)
    if (status?.state === 'done') return
    if (status?.state === 'refused') throw new ActRefused(status.code ?? '', status.reason ?? '')
    if (status) tell(status.state)
    await pause()
  }
}

/** A server out of reach says nothing about the act: it is asked again. */
function passing(cause: unknown): undefined {
  const again =
    cause instanceof Unreachable || (cause instanceof Problem && cause.passing && cause.status !== 401)
  if (!again) throw cause
}
