/** The calls that publish a meeting's roll: handed out only when their own bytes add up to what was shown. */
import { Distrust } from '@/chain/trust'
import { useRollApi, type Publication } from '@/desk/api/rollApi'
import type { Call } from '@/desk/api/types'
import { sumsOfWords } from '@/desk/chain/rollWords'
import type { Hex } from 'viem'

export function usePublishCalls() {
  const api = useRollApi()

  /** Fetch the calls. Throws `Distrust('actChanged')` when they are not what the page says. */
  return async (meeting: number, shown: Publication): Promise<readonly Call[]> => {
    const calls = await api.calls(meeting, 'publish-roll')
    const { area, digest, heads, words } = sumsOfWords(calls, shown.chain_digest as Hex | null)
    const fits =
      words === shown.words &&
      heads === shown.weight.heads &&
      area === shown.weight.area &&
      digest === shown.digest
    if (!fits) throw new Distrust('actChanged')
    return calls
  }
}
