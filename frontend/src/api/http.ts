/** One request to the server: JSON both ways, problems as `Problem`, everything else as `Unreachable`. */
import { Problem, Unreachable } from './problem'

const PATIENCE_MS = 20_000
const FILE_PATIENCE_MS = 120_000

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

  put<T>(path: string, body: unknown): Promise<T> {
    return this.send<T>('PUT', path, body)
  }

  delete<T>(path: string): Promise<T> {
    return this.send<T>('DELETE', path)
  }

  /** A file as it lies on the server: its bytes and their type. */
  async file(path: string): Promise<{ bytes: Uint8Array; type: string }> {
    const { response, bytes } = await this.answer('GET', path, undefined, FILE_PATIENCE_MS)
    if (!response.ok) throw problemOf(response.status, parsed(bytes))
    return { bytes, type: response.headers.get('Content-Type') ?? '' }
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { response, bytes } = await this.answer(
      method,
      path,
      body,
      body instanceof FormData ? FILE_PATIENCE_MS : PATIENCE_MS,
    )
    const answer = parsed(bytes)
    if (response.ok) return answer as T
    throw problemOf(response.status, answer)
  }

  private async answer(method: string, path: string, body: unknown, patience: number) {
    const form = body instanceof FormData
    const headers: Record<string, string> = { Accept: 'application/json', 'Accept-Language': this.language() }
    if (body !== undefined && !form) headers['Content-Type'] = 'application/json'
    try {
      const response = await fetch(`/api${path}`, {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        signal: AbortSignal.timeout(patience),
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      })
      return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
    } catch (cause) {
      throw new Unreachable('no answer from the server', { cause })
    }
  }
}

/** JSON, or nothing; what is not JSON did not come from the server. */
function parsed(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes)
  try {
    return text ? JSON.parse(text) : undefined
  } catch (cause) {
    throw new Unreachable('the answer is not JSON', { cause })
  }
}

/** A gateway's own error page carries no code: the server was not reached. */
export function problemOf(status: number, answer: unknown): Problem | Unreachable {
  const { code, detail, values } = (answer ?? {}) as Partial<Problem>
  if (typeof code !== 'string') return new Unreachable(`status ${status} without a code`)
  return new Problem(status, code, detail ?? code, values ?? {})
}
