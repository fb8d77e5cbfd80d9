/** The calls of the ceremony, made from the seed and the board as it stands. Proofs have fresh nonces each time. */
import type { Hex } from 'viem'
import { encodeFunctionData } from 'viem/utils'
import { trusteeBoardAbi as abi } from '@/chain/abi/trusteeBoard'
import { SIDES, coefficientsOf, commitmentOf, enrolment, possession, sideOf } from '@/wsb/ceremony'
import { G, multiply, type Point } from '@/wsb/group'
import { prove, type Statement } from '@/wsb/proof'
import { fresh } from '@/wsb/random'
import { runPlaceOf, type BoardView, type RunView } from './board'
import { checkedTranscript, encryptionKeys } from './checks'
import { dealingOf, encryptionSecretOf, polynomialsOf, type Seed } from './derive'

/** A trustee of the latest run with what it needs to act. */
export interface Actor {
  board: BoardView
  run: RunView
  seed: Seed
  trustee: number
}

export function commitCall({ board, run, seed, trustee }: Actor): Hex {
  const place = runPlaceOf(board, run)
  const secret = encryptionSecretOf(seed, place)
  const key = multiply(G, secret)
  const commitment = commitmentOf(place, trustee, coefficientsOf(polynomialsOf(seed, place)))
  const [c, s] = proven(enrolment(place, trustee, key), secret)
  const args = [...numbersOf(run, board), commitment, coordinates(key), c, s] as const
  return encodeFunctionData({ abi, functionName: 'commitKeys', args })
}

export function revealCall({ board, run, seed, trustee }: Actor): Hex {
  const place = runPlaceOf(board, run)
  const polynomials = polynomialsOf(seed, place)
  const coefficients = coefficientsOf(polynomials)
  const [forC, forS, againstC, againstS] = SIDES.flatMap((side) =>
    proven(possession(place, trustee, side, sideOf(coefficients, side)[0]!), polynomials[side][0]!),
  )
  const proofs = [forC!, forS!, againstC!, againstS!] as const
  const args = [...numbersOf(run, board), coefficients.flatMap(coordinates), proofs] as const
  return encodeFunctionData({ abi, functionName: 'revealKeys', args })
}

export function dealCall({ board, run, seed, trustee }: Actor): Hex {
  const dealt = dealingOf(seed, runPlaceOf(board, run), trustee, encryptionKeys(run))
  return encodeFunctionData({ abi, functionName: 'dealShares', args: [...numbersOf(run, board), dealt] })
}

/** Throws what `checkedTranscript` throws. */
export function approveCall({ board, run, seed, trustee }: Actor): Hex {
  const args = [...numbersOf(run, board), checkedTranscript(board, run, seed, trustee)] as const
  return encodeFunctionData({ abi, functionName: 'approveKeys', args })
}

export function complainCall(
  { board, run }: Pick<Actor, 'board' | 'run'>,
  against: number,
  reason: Hex,
): Hex {
  const args = [...numbersOf(run, board), against, reason] as const
  return encodeFunctionData({ abi, functionName: 'complain', args })
}

const numbersOf = ({ run }: RunView, { meeting }: BoardView) => [BigInt(meeting), run] as const

function coordinates(point: Point): [bigint, bigint] {
  const { x, y } = point.toAffine()
  return [x, y]
}

function proven(statement: Statement, secret: bigint): [bigint, bigint] {
  const { challenges, responses } = prove(statement, 0, secret, fresh)
  return [challenges[0]!, responses[0]!]
}
