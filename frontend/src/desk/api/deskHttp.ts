/** Requests of the desk: a log-in that has ended is noticed at the first answer that says so. */
import type { Http } from '@/api/http'
import { Problem } from '@/api/problem'

export type DeskHttp = Pick<Http, 'get' | 'post' | 'put' | 'delete' | 'file'>

const LOGGED_OUT = 401

/** The app's requests; `ended` is called when the server knows nobody behind them any more. */
export function deskHttp(http: DeskHttp, ended: () => void): DeskHttp {
  async function watch<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (cause) {
      if (cause instanceof Problem && cause.status === LOGGED_OUT) ended()
      throw cause
    }
  }
  return {
    get: (path) => watch(http.get(path)),
    post: (path, body) => watch(http.post(path, body)),
    put: (path, body) => watch(http.put(path, body)),
    delete: (path) => watch(http.delete(path)),
    file: (path) => watch(http.file(path)),
  }
}
