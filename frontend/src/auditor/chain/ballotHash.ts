/** What an owner signed, and who signed it. The hash of a ballot is its EIP-712 digest: the one that its receipt names. */
import {
  concat,
  encodeAbiParameters,
  hexToBytes,
  keccak256,
  recoverAddress,
  stringToBytes,
  toHex,
} from 'viem/utils'
import type { Address, Hex } from 'viem'
import { ballotHash, secretBallotDigest } from '@/wsb/ballot'
import type { Ballot } from './ballots'
import type { Frozen } from './binding'

const WORD = 32
const NO_CONTEXT: Hex = `0x${'00'.repeat(WORD)}`
const BALLOT_TYPE = keccak256(
  stringToBytes('OpenBallot(uint256 meeting,bytes32 conveneHash,uint32 voter,uint64 choices)'),
)
const DOMAIN_TYPE = keccak256(
  stringToBytes('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
)

/** A function from a ballot of a meeting to its hash. */
export function hasherOf(chainId: number, frozen: Frozen): (ballot: Ballot) => Hex {
  const { meeting, contract } = frozen
  const hashOpen = ballotHasher({ chainId, openMeeting: contract }, meeting, frozen.conveneHash)
  return (ballot) => {
    if (ballot.kind === 'open') return hashOpen(ballot)
    const { voter } = ballot
    const place = { chainId, secretMeeting: contract }
    return secretBallotDigest(place, { meeting, voter, ballotHash: bodyHash(frozen, ballot.body) })
  }
}

/** What stands for an encrypted body in the signature, and gives the code that its owner could compare. */
export const bodyHash = ({ context }: Pick<Frozen, 'context'>, body: Hex): Hex =>
  ballotHash(context ?? NO_CONTEXT, body)

/** A function from voter and choices to the hash of an open ballot, fast enough for thousands. */
export function ballotHasher(
  place: { chainId: number; openMeeting: Address },
  meeting: number,
  conveneHash: Hex,
): (ballot: { voter: number; choices: bigint }) => Hex {
  const text = (value: string) => keccak256(stringToBytes(value))
  const separator = keccak256(
    encodeAbiParameters(
      [
        { type: 'bytes32' },
        { type: 'bytes32' },
        { type: 'bytes32' },
        { type: 'uint256' },
        { type: 'address' },
      ],
      [DOMAIN_TYPE, text('Wanjia OpenMeeting'), text('1'), BigInt(place.chainId), place.openMeeting],
    ),
  )
  const message = new Uint8Array(5 * WORD)
  message.set(hexToBytes(concat([BALLOT_TYPE, toHex(meeting, { size: WORD }), conveneHash])))
  const fields = new DataView(message.buffer)
  const signed = new Uint8Array(2 + 2 * WORD)
  signed.set(hexToBytes(concat(['0x1901', separator])))
  return ({ voter, choices }) => {
    fields.setUint32(4 * WORD - 4, voter)
    fields.setBigUint64(5 * WORD - 8, choices)
    signed.set(keccak256(message, 'bytes'), 2 + WORD)
    return keccak256(signed)
  }
}

/** Whose signature it is; `null` for one that nobody can have made. */
export async function signerOf(hash: Hex, signature: Hex): Promise<Address | null> {
  try {
    return await recoverAddress({ hash, signature })
  } catch {
    return null
  }
}
