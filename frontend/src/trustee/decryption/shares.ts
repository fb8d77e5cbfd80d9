/** A trustee's shares of a stage, over the sums of its own recount, and how they are cut into calls. */
import type { Hex } from 'viem'
import { encodeFunctionData } from 'viem/utils'
import { trusteeBoardAbi as abi } from '@/chain/abi/trusteeBoard'
import { makeShare, shareWords } from '@/wsb/decryption'
import type { Recount } from './recount'

/** Shares in one call: 40 proofs are checked well within a transaction's gas. */
export const SHARES_A_CALL = 40

/** The four words of each share, in the order of the stage. */
export function sharesOf(
  { facts, tally, secrets }: Recount,
  stage: 0 | 1,
  progress: (done: number, total: number) => void = () => {},
): bigint[][] {
  const { context, sealHash, trustee } = facts
  const sums = facts.stages.find((one) => one.stage === stage)?.sums
  if (!sums || !tally || !secrets || !context || !sealHash)
    throw new Error('nothing that may be shared was found')
  return sums.map((sum, at) => {
    const [a] = tally.opened.pair(sum)
    const made = makeShare({ context, sealHash }, trustee, sum, secrets[sum.side], a)
    progress(at + 1, sums.length)
    return shareWords(made)
  })
}

/** A call that posts shares, and how many. */
export interface PostCall {
  data: Hex
  shares: number
}

/** The next call that posts shares from `first` on; nothing when all are posted. */
export function postCall(
  meeting: number,
  stage: 0 | 1,
  first: number,
  words: bigint[][],
): PostCall | undefined {
  const next = words.slice(first, first + SHARES_A_CALL)
  if (!next.length) return undefined
  const args = [BigInt(meeting), stage, first, next.flat()] as const
  return { data: encodeFunctionData({ abi, functionName: 'postShares', args }), shares: next.length }
}
