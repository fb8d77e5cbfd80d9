/**
 * A page for measuring how long a browser takes for a secret ballot: `proving.inPage(order)`, `proving.beside(order)`.
 * An order comes as JSON; keys are coordinates in hex. Answers hold milliseconds, body, and the reason of a refusal.
 */
import { makeBeside } from '@/wsb/beside'
import { reasonOf } from '@/wsb/checking'
import type { Form } from '@/wsb/form'
import { makeBallot } from '@/wsb/proving'
import type { Order } from '@/wsb/ballotWorker'

type Pair = [string, string]
interface Asked extends Omit<Order, 'form'> {
  form: { context: Form['context']; y_for: Pair; y_against: Pair; motions: Form['motions'] }
}

function orderOf({ form, voter, choices }: Asked): Order {
  const [inFavour, against] = [form.y_for, form.y_against].map(([x, y]) => ({ x: BigInt(x), y: BigInt(y) }))
  const keys = { inFavour: inFavour!, against: against! }
  return { form: { context: form.context, keys, motions: form.motions }, voter, choices }
}

const proving = {
  inPage(asked: Asked) {
    const order = orderOf(asked)
    const started = performance.now()
    const { body } = makeBallot(order.form, order.voter, order.choices)
    return { milliseconds: performance.now() - started, body }
  },
  async beside(asked: Asked) {
    const order = orderOf(asked)
    const told: number[] = []
    const started = performance.now()
    const { body, seconds } = await makeBeside(order, { progress: (done) => told.push(done) })
    return { milliseconds: performance.now() - started, worker: 1000 * seconds, told, body }
  },
  async stopped(asked: Asked) {
    const signal = AbortSignal.abort(new Error('stopped'))
    return makeBeside(orderOf(asked), { signal }).catch((error: Error) => error.message)
  },
  async refused(asked: Asked) {
    return makeBeside(orderOf(asked)).then(
      () => 'made',
      (error: Error) => error.message,
    )
  },
  reason(asked: Asked, body: `0x${string}`) {
    const { form, voter } = orderOf(asked)
    return reasonOf(form, voter, body) ?? null
  },
}
export type Proving = typeof proving
Object.assign(window, { proving })
