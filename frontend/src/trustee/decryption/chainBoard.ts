/** The last run of a meeting's ceremony as the chain tells it, in the form the trustee's seed works on. */
import type { Address, Hex } from 'viem'
import { eventsOf, type Community } from '@/verifier/community'
import { NO_HASH, type Meeting } from '@/verifier/meeting'
import type { Ceremony } from '@/verifier/secret/ceremony'
import { SIDES } from '@/wsb/ceremony'
import { G, multiply } from '@/wsb/group'
import { words } from '@/wsb/hashing'
import type { BoardView, TrusteeView } from '../chain/board'
import { Suspicion, checkOwn, ownNumber } from '../chain/checks'
import { BadDealing, shareSecretsOf, type Seed } from '../chain/derive'
import type { KeyStanding } from './facts'

/** What a trustee decrypts with. */
export interface ShareSecrets {
  standing: KeyStanding
  /** Its number in the run; 0 when it is none. */
  trustee: number
  /** For and against; only where the standing is `own`. */
  secrets: [bigint, bigint] | undefined
}

/** Hold the seed against the ceremony that made the meeting's keys. */
export function ownKeys(
  community: Community,
  meeting: Meeting,
  ceremony: Ceremony | undefined,
  seed: Seed,
  account: Address,
): ShareSecrets {
  const nothing = { trustee: 0, secrets: undefined }
  if (!ceremony) return { standing: 'absent', ...nothing }
  const accounts = ceremony.trustees.accounts
  const trustee = accounts.findIndex((one) => one.toLowerCase() === account.toLowerCase()) + 1
  if (!trustee) return { standing: 'absent', ...nothing }
  const board = boardOf(community, meeting, ceremony)
  const known = { trustee, secrets: undefined }
  if (!ceremony.isComplete || !board.run!.trustees[trustee - 1]!.approved)
    return { standing: 'unapproved', ...known }
  try {
    ownNumber(board, board.run!, account)
    checkOwn(board, board.run!, seed, trustee)
    const secrets = shareSecretsOf(seed, board, trustee)
    const fit = SIDES.every((side) => multiply(G, secrets[side]).equals(ceremony.shareKey(trustee, side)))
    return fit ? { standing: 'own', trustee, secrets } : { standing: 'other', ...known }
  } catch (cause) {
    if (cause instanceof Suspicion || cause instanceof BadDealing) return { standing: 'other', ...known }
    throw cause
  }
}

/** The board of the run, from its events alone. */
function boardOf({ chain, links }: Community, { board, id }: Meeting, ceremony: Ceremony): BoardView {
  const { run, trustees } = ceremony
  const { accounts, threshold, hash } = trustees
  return {
    chain_id: Number(chain.id),
    board: links.trusteeBoard!,
    meeting: Number(id),
    ...{ proposal: null, restarts: [], seats: [], context: null, seal_hash: null, stage: null },
    run: {
      ...{ accounts, threshold, trustee_set_hash: hash, run: run.run, step: 'complete', keys: null },
      ...{ transcript: NO_HASH, entries: [] },
      trustees: accounts.map((account, at) => lineOf(board, run.run, account, at + 1)),
    },
  }
}

function lineOf(board: Meeting['board'], run: number, account: Address, trustee: number): TrusteeView {
  const own = <A extends { run: number; trustee: number }>(logs: { args: A }[]): A | undefined =>
    logs.find(({ args }) => args.run === run && args.trustee === trustee)?.args
  const committed = own(eventsOf(board, 'KeysCommitted'))
  const revealed = own(eventsOf(board, 'KeysRevealed'))
  return {
    ...{ trustee, account },
    commitment: committed?.commitment ?? null,
    encryption_key: committed ? `0x${words(...committed.encryptionKey)}` : null,
    coefficients: revealed ? pairs(revealed.coefficients) : null,
    shares: own(eventsOf(board, 'SharesDealt'))?.shares ?? null,
    approved: own(eventsOf(board, 'KeysApproved')) !== undefined,
  }
}

const pairs = (numbers: readonly bigint[]): Hex[] =>
  Array.from(
    { length: Math.floor(numbers.length / 2) },
    (_, at): Hex => `0x${words(numbers[2 * at]!, numbers[2 * at + 1]!)}`,
  )
