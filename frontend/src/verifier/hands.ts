/** Recovers signatures on all of the machine's cores: in workers of its own, inside a worker. */
import type { Address } from 'viem'
import type { Progress } from './chain'
import { recoverNow, type Signed } from './signatures'
import type { Recover } from './signing'

type Found = (Address | undefined)[]

const PART = 512
const MOST_HANDS = 4

/** Recover part by part, each hand taking the next part when it is done with one. */
export const byHands =
  (progress: Progress): Recover =>
  async (signed) => {
    const parts: Signed[][] = []
    for (let at = 0; at < signed.length; at += PART) parts.push(signed.slice(at, at + PART))
    const found: Found[] = []
    let [next, done] = [0, 0]
    const work = async (hand: (part: Signed[]) => Promise<Found>) => {
      while (next < parts.length) {
        const at = next++
        found[at] = await hand(parts[at]!)
        done += parts[at]!.length
        progress('signatures', done, signed.length)
      }
    }
    const count = Math.min(MOST_HANDS, navigator.hardwareConcurrency || 1, parts.length)
    if (count < 2 || typeof Worker === 'undefined') await work((part) => Promise.resolve(recoverNow(part)))
    else {
      const helpers = Array.from(
        { length: count },
        () => new Worker(new URL('./recovery.ts', import.meta.url), { type: 'module' }),
      )
      await Promise.all(helpers.map((helper) => work((part) => asked(helper, part))))
      helpers.forEach((helper) => helper.terminate())
    }
    return found.flat()
  }

function asked(helper: Worker, part: Signed[]): Promise<Found> {
  return new Promise((resolve, reject) => {
    helper.onmessage = ({ data }: MessageEvent<Found>) => resolve(data)
    helper.onerror = ({ message }) => reject(new Error(message))
    helper.postMessage(part)
  })
}
