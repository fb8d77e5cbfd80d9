/** One request to the server: JSON both ways, problems as `Problem`, everything else as `Unreachable`. */
import { Problem, Unreachable } from './problem'

const PATIENCE_MS = 20_000

export type Language = () => string

/** Sends requests under `/api` in the reader's language. */
export class Http {
  constructor(private readonly language: Language) {}

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path)
  }

  post<T>(path: string, body?: unknown): Promise<T> {
    return this.send<T>('POST', path, body)
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const form = body instanceof FormData
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': this.language() }
    if (body !== undefined && !form) headers['Content-Type'] = 'application/json'
    let response: Response
    let answer: unknown
    try {
      response = await fetch(`/api${path}`, {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      answer = text ? JSON.parse(text) : undefined
    } catch (cause) {
      throw new Unreachable('no answer from the server', { cause })
    }
    if (response.ok) return answer as T
    throw problemOf(response.status, answer)
  }
}

/** A gateway's own error page carries no code: the server was not reached. */
function problemOf(status: number, answer: unknown): Problem | Unreachable {
  const { code, detail, values } = (answer ?? {}) as Partial<Problem>
  if (typeof code !== 'string') return new Unreachable(`status ${status} without a code`)
  return new Problem(status, code, detail ?? code, values ?? {})
}
