/** One act of a trustee: prepared by the server, checked, signed here, handed in, and followed until the chain has it. */
import type { Address, Hex } from 'viem'
import { Problem } from '@/api/problem'
import { signDigest } from '@/chain/signing'
import type { ActProgress, ForwardRequest, PreparedAct } from '@/desk/api/types'
import { digestToSign } from '@/desk/chain/forwarding'
import { ActRefused, followAct } from '@/desk/composables/followAct'
import type { SignedAct } from '../vault/vault'

/** What carries acts: the server, or the rehearsal's stand-in. */
export interface ActsApi {
  prepareAct(account: Address, data: Hex): Promise<PreparedAct>
  handInAct(request: ForwardRequest, signature: Hex, reason?: SignedAct['reason']): Promise<{ act: number }>
  act(act: number): Promise<ActProgress>
}

/** Who acts, and where. */
export interface Sender {
  api: ActsApi
  chainId: number
  forwarder: Address
  board: Address
  account: Address
  /** The account's private key. */
  secret: Uint8Array
}

export type SendState = 'preparing' | 'queued' | 'submitted'

export interface SendWishes {
  tell?: (state: SendState) => void
  /** Remember the signed act, or forget it: it is on the chain, or never will be. */
  keep?: (act: SignedAct | undefined) => Promise<unknown>
  /** What the act is for; remembered with it. */
  of?: string
  /** Published with a complaint. */
  reason?: SignedAct['reason']
  pause?: () => Promise<void>
}

/**
 * Send a call to the board. Throws `Distrust('actChanged')` before anything is signed that is not exactly this call,
 * `ActRefused` when the board refuses it, `Problem` or `Unreachable` as the server answers.
 */
export async function sendAct(sender: Sender, data: Hex, wishes: SendWishes = {}): Promise<void> {
  const { api, account, board, secret } = sender
  wishes.tell?.('preparing')
  const prepared = await api.prepareAct(account, data)
  const digest = digestToSign(sender, account, { to: board, data }, prepared)
  const signature = await signDigest(secret, digest)
  const { of = '', reason } = wishes
  await carryAct(api, { of, request: prepared.request, signature, ...(reason ? { reason } : {}) }, wishes)
}

/** Hand in what was signed before, or again: the same bytes are the same act. Throws as `sendAct`. */
export async function carryAct(api: ActsApi, signed: SignedAct, wishes: SendWishes = {}): Promise<void> {
  await wishes.keep?.(signed)
  try {
    const { act } = await api.handInAct(signed.request, signed.signature, signed.reason)
    await followAct(api, act, (state) => wishes.tell?.(state), wishes.pause)
    await wishes.keep?.(undefined)
  } catch (cause) {
    if (isFinal(cause)) await wishes.keep?.(undefined)
    throw cause
  }
}

/** The answer says that these bytes will never reach the chain; anything else leaves that open. */
const isFinal = (cause: unknown): boolean =>
  cause instanceof ActRefused || (cause instanceof Problem && !cause.passing)
