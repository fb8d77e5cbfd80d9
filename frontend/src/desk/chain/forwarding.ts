/** What an official signs: a request to the forwarder (EIP-712, ERC-2771). The digest is computed here. */
import type { Address, Hex } from 'viem'
import { hashTypedData, isAddressEqual } from 'viem/utils'
import { KeyMissing } from '@/chain/keyStore'
import { Distrust } from '@/chain/trust'
import type { Call, ForwardRequest, PreparedAct } from '@/desk/api/types'
import type { DeskPlace } from './calls'

/** The forwarder that carries what is signed. */
export type ForwarderPlace = Pick<DeskPlace, 'chainId' | 'forwarder'>

const TYPES = {
  ForwardRequest: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'gas', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint48' },
    { name: 'data', type: 'bytes' },
  ],
} as const

/** The digest of a request. */
export function forwardRequestDigest(place: ForwarderPlace, request: ForwardRequest): Hex {
  return hashTypedData({
    domain: {
      name: 'Wanjia Forwarder',
      version: '1',
      chainId: place.chainId,
      verifyingContract: place.forwarder,
    },
    types: TYPES,
    primaryType: 'ForwardRequest',
    message: {
      ...request,
      value: BigInt(request.value),
      gas: BigInt(request.gas),
      nonce: BigInt(request.nonce),
    },
  })
}

/** Give the digest to sign; throw `Distrust('actChanged')` unless the request is exactly this call by this signer. */
export function digestToSign(
  place: ForwarderPlace,
  signer: Address | undefined,
  call: Call,
  prepared: PreparedAct,
): Hex {
  if (!signer) throw new KeyMissing('this browser holds no key for the account')
  const { request } = prepared
  const digest = forwardRequestDigest(place, request)
  const fits =
    isAddressEqual(request.from, signer) &&
    isAddressEqual(request.to, call.to) &&
    request.value === 0 &&
    request.data.toLowerCase() === call.data.toLowerCase() &&
    digest === prepared.digest.toLowerCase()
  if (!fits) throw new Distrust('actChanged')
  return digest
}
