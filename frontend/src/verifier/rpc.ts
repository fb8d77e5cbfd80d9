/** Asks a node over JSON-RPC: in batches, again after a failure, and never without end. */

export interface Question {
  method: string
  params: unknown[]
}
export interface Answer {
  result?: unknown
  error?: { code?: unknown; message: string }
}
/** Answers to questions, in their order. */
export type Ask = (questions: Question[]) => Promise<Answer[]>

/** The node gave no usable answer; the text says to what. */
export class Unanswered extends Error {}
class NoBatches extends Error {}
/** The node asks for a pause: no failure of its own. */
class Later extends Error {
  constructor(readonly wait: number) {
    super('HTTP 429')
  }
}
const [SECOND, LONGEST_WAIT] = [1000, 60_000]

export interface Patience {
  /** Milliseconds for one request, before the first repetition, and how often at most. */
  timeout?: number
  pause?: number
  attempts?: number
  /** Milliseconds that a node may ask to wait, all together between two of its answers. */
  longestWait?: number
  /** Told before each wait that the node asked for, in milliseconds. */
  waiting?: (wait: number) => void
  signal?: AbortSignal
}

/** A node behind an address. One that knows no batches is asked one by one. */
export function overHttp(url: string, patience: Patience = {}): Ask {
  const { timeout = 60_000, pause = 200, attempts = 5, signal, waiting } = patience
  const { longestWait = 5 * LONGEST_WAIT } = patience
  let batches = true

  async function once(questions: Question[]): Promise<Answer[]> {
    const body = questions.map((question, id) => ({ jsonrpc: '2.0', id, ...question }))
    const limit = AbortSignal.timeout(timeout)
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(batches ? body : body[0]),
      signal: signal ? either(signal, limit) : limit,
    })
    const asked = response.headers.get('Retry-After')
    if (response.status === 429 && asked) throw new Later(askedPause(asked))
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return inOrder(await response.json(), questions.length)
  }

  async function patiently(questions: Question[]): Promise<Answer[]> {
    let problem: unknown
    let [waited, told] = [0, false]
    for (let attempt = 0; attempt < attempts; attempt++) {
      if (attempt && !told) await new Promise((resolve) => setTimeout(resolve, pause * 2 ** attempt))
      told = false
      signal?.throwIfAborted()
      try {
        return await once(questions)
      } catch (error) {
        signal?.throwIfAborted()
        if (error instanceof NoBatches) throw error
        problem = error
        if (!(error instanceof Later) || waited + error.wait > longestWait) continue
        waiting?.(error.wait)
        await new Promise((resolve) => setTimeout(resolve, error.wait))
        waited += error.wait
        told = true
        attempt--
      }
    }
    const reason = problem instanceof Error ? problem.message : String(problem)
    throw new Unanswered(`${url}: ${questions[0]?.method}: ${reason}`)
  }

  return async (questions) => {
    if (!questions.length) return []
    try {
      if (batches || questions.length === 1) return await patiently(questions)
    } catch (error) {
      if (!(error instanceof NoBatches)) throw error
      batches = false
    }
    const answers: Answer[] = []
    for (const question of questions) answers.push(...(await patiently([question])))
    return answers
  }
}

function inOrder(body: unknown, count: number): Answer[] {
  if (!Array.isArray(body)) {
    if (count > 1) throw new NoBatches()
    return [asAnswer(body)]
  }
  const byId = new Map(body.map((one) => [(one as { id?: unknown } | null)?.id, one]))
  return Array.from({ length: count }, (_, id) => asAnswer(byId.get(id)))
}

function asAnswer(one: unknown): Answer {
  if (typeof one !== 'object' || one === null) throw new Error('questions left unanswered')
  const { result, error } = one as { result?: unknown; error?: unknown }
  if (error === undefined || error === null) return { result }
  const { code, message } = error as { code?: unknown; message?: unknown }
  return { error: { code, message: String(message ?? error) } }
}

function either(a: AbortSignal, b: AbortSignal): AbortSignal {
  const both = new AbortController()
  for (const one of [a, b])
    if (one.aborted) both.abort(one.reason)
    else one.addEventListener('abort', () => both.abort(one.reason), { once: true, signal: both.signal })
  return both.signal
}

/** What `Retry-After` asks for in milliseconds, at least one second and at most a minute. */
function askedPause(header: string): number {
  const seconds = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - Date.now()
  return Math.min(Math.max(seconds || 0, SECOND), LONGEST_WAIT)
}
