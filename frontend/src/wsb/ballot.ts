/** A secret ballot as bytes: its body, its hash, what the owner signs, and the record that the relay casts. */
import type { Address, Hex } from 'viem'
import { hashTypedData, keccak256 } from 'viem/utils'
import { bodyWords, groupsOf, MOTION_WORDS, type Form } from './form'
import { readPoint } from './group'
import { keccakOf, words, wordsOf } from './hashing'
import type { Proof } from './proof'
import type { Ciphertext } from './statements'

export interface MotionBallot {
  ciphertext: Ciphertext
  proof: Proof
}

/** The body of motions and groups (ascending). */
export function bodyOf(motions: MotionBallot[], groups: Proof[]): Hex {
  const proof = ({ challenges, responses }: Proof) => words(...challenges, ...responses)
  const parts = motions.map(({ ciphertext, proof: own }) => words(...ciphertext) + proof(own))
  return `0x${parts.join('')}${groups.map(proof).join('')}`
}

/** A body taken apart; a ciphertext is missing where one of its points may not be read. */
export interface Read {
  motions: { ciphertext: Ciphertext | undefined; proof: Proof }[]
  groups: Proof[]
}

/** Take a body apart; nothing comes of one that has another length than the form's. */
export function readBody(form: Form, body: Hex): Read | undefined {
  if (body.length !== 2 + 64 * bodyWords(form)) return undefined
  const all = wordsOf(body)
  const proof = (from: number, branches: number): Proof => ({
    challenges: all.slice(from, from + branches),
    responses: all.slice(from + branches, from + 2 * branches),
  })
  const motions = form.motions.map((_, at) => {
    const from = MOTION_WORDS * at
    return { ciphertext: readCiphertext(all.slice(from, from + 6)), proof: proof(from + 6, 3) }
  })
  let from = MOTION_WORDS * motions.length
  const groups = groupsOf(form.motions).map(({ most }) => {
    const read = proof(from, most + 1)
    from += 2 * (most + 1)
    return read
  })
  return { motions, groups }
}

function readCiphertext(six: bigint[]): Ciphertext | undefined {
  const [a, b1, b2] = [0, 2, 4].map((at) => readPoint(six[at]!, six[at + 1]!))
  return a && b1 && b2 ? [a, b1, b2] : undefined
}

/** The hash that stands for a body in the meeting of this context. */
export const ballotHash = (context: Hex, body: Hex): Hex => keccakOf(words(context, keccak256(body)))

/** Where secret ballots are cast. */
export interface SecretPlace {
  chainId: number
  secretMeeting: Address
}

/** What the owner signs; it is also the `ballotHash` of the receipt. */
export function secretBallotDigest(
  { chainId, secretMeeting }: SecretPlace,
  ballot: { meeting: number; voter: number; ballotHash: Hex },
): Hex {
  return hashTypedData({
    domain: { name: 'Wanjia SecretMeeting', version: '1', chainId, verifyingContract: secretMeeting },
    types: {
      SecretBallot: [
        { name: 'meeting', type: 'uint256' },
        { name: 'voter', type: 'uint32' },
        { name: 'ballotHash', type: 'bytes32' },
      ],
    },
    primaryType: 'SecretBallot',
    message: { ...ballot, meeting: BigInt(ballot.meeting) },
  })
}

/** One record of `cast`: voter, signature (r, s, v), body. */
export const recordOf = (voter: number, signature: Hex, body: Hex): Hex =>
  `0x${voter.toString(16).padStart(8, '0')}${signature.slice(2)}${body.slice(2)}`
