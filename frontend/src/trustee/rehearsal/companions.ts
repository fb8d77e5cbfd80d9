/** The other trustees of a rehearsal: they take every step as soon as it is theirs, by the very code that people use. */
import type { Address, Hex } from 'viem'
import { approveCall, commitCall, dealCall, revealCall, type Actor } from '../chain/acts'
import { numberOf, placeOf, type BoardPlace, type BoardView } from '../chain/board'
import { accountOf, accountSecretOf, newSeed, shareSecretsOf, type Seed } from '../chain/derive'
import { signSeat } from '../chain/seat'
import { sendAct } from '../chain/sending'
import { hasDone, type CeremonyStep } from '../chain/standing'
import { decodeFunctionData, encodeFunctionData } from 'viem/utils'
import { trusteeBoardAbi as abi } from '@/chain/abi/trusteeBoard'
import { REHEARSAL_PLACE, type RehearsalBoard } from './board'

const CALLS: Record<CeremonyStep, (actor: Actor) => Hex> = {
  commit: commitCall,
  reveal: revealCall,
  deal: dealCall,
  approve: approveCall,
}

export class Companion {
  private readonly seed: Seed = newSeed()

  /** `spoils`: in the first run it deals the first seat a share that does not fit. */
  constructor(
    private readonly board: RehearsalBoard,
    readonly seat: number,
    private readonly spoils = false,
  ) {}

  account = (place: BoardPlace): Promise<Address> => accountOf(this.seed, place)

  /** Its two secrets once all have dealt. */
  secrets = (board: BoardView, trustee: number): [bigint, bigint] => shareSecretsOf(this.seed, board, trustee)

  async sit(): Promise<void> {
    const place = placeOf(this.board.view)
    const account = await this.account(place)
    const own = { community: '', label: '', place, seat: this.seat, account }
    await this.board.takeSeat(String(this.seat), account, await signSeat(own, this.seed))
  }

  /** Take the step under way, if it is not taken; tells whether there was something to do. */
  async turn(): Promise<boolean> {
    const board = await this.board.board()
    const { run } = board
    const account = await this.account(placeOf(board))
    if (!run || run.step === 'complete') return false
    const trustee = numberOf(run, account)
    if (trustee === 0 || hasDone(run, trustee, run.step)) return false
    const spoils = this.spoils && run.run === 1
    // it knows what it did
    if (spoils && run.step === 'approve') return false
    const call = CALLS[run.step]({ board, run, seed: this.seed, trustee })
    const data = spoils && run.step === 'deal' ? spoilt(call, board.meeting) : call
    const secret = accountSecretOf(this.seed, placeOf(board))
    await sendAct({ api: this.board, ...REHEARSAL_PLACE, board: board.board, account, secret }, data)
    return true
  }
}

/** The same points, but another content for the first receiver: the board cannot see it, the receiver can. */
function spoilt(call: Hex, meeting: number): Hex {
  const { args } = decodeFunctionData({ abi, data: call })
  const dealt = args![2] as Hex
  const other: Hex = `${dealt.slice(0, 2 + 128)}${'17'.repeat(64)}${dealt.slice(2 + 256)}` as Hex
  return encodeFunctionData({ abi, functionName: 'dealShares', args: [BigInt(meeting), 1, other] })
}
