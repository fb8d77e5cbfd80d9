/** JSON sent with its progress told: `fetch` tells none. */
import { problemOf } from '@/api/http'
import { Unreachable } from '@/api/problem'

/** Called with the part that has gone out, 0 to 1. */
export type Progress = (part: number) => void

const PATIENCE_MS = 300_000

/** POST under `/api`. Throws `Problem` or `Unreachable` as every request does. */
export function uploadJson<T>(path: string, body: unknown, progress: Progress): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api${path}`)
    request.setRequestHeader('Content-Type', 'application/json')
    request.setRequestHeader('Accept-Language', document.documentElement.lang)
    request.timeout = PATIENCE_MS
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0)
    request.onerror = request.ontimeout = () => reject(new Unreachable('no answer from the server'))
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (answer !== undefined && request.status < 400) resolve(answer as T)
      else reject(problemOf(request.status, answer))
    }
    request.send(JSON.stringify(body))
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
