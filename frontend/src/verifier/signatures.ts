/** Who signed: EIP-712 digests of the protocol, and the accounts that signed many digests. */
import { concat, encodeAbiParameters, keccak256, stringToHex, toBytes } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { combine, inverses, lift, N } from './curve'

const HALF_ORDER = N / 2n
const AT_ONCE = 512
const typeHash = (type: string) => keccak256(stringToHex(type))
const DOMAIN = typeHash('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)')
const TYPES = {
  Possession: typeHash('Possession(uint32 voter,address key,bytes32 evidence)'),
  OpenBallot: typeHash('OpenBallot(uint256 meeting,bytes32 conveneHash,uint32 voter,uint64 choices)'),
  SecretBallot: typeHash('SecretBallot(uint256 meeting,uint32 voter,bytes32 ballotHash)'),
  Objection: typeHash('Objection(uint256 meeting,uint32 voter,bytes32 contentHash)'),
}

/** A digest and the two words and last byte of its signature. */
export interface Signed {
  digest: Hex
  r: Hex
  s: Hex
  v: number
}

/** Hash of an EIP-712 domain of the release. */
export function domainSeparator(name: string, chainId: bigint, contract: Address): Hex {
  return keccak256(
    encodeAbiParameters(
      [
        { type: 'bytes32' },
        { type: 'bytes32' },
        { type: 'bytes32' },
        { type: 'uint256' },
        { type: 'address' },
      ],
      [DOMAIN, typeHash(name), typeHash('1'), chainId, contract],
    ),
  )
}

/** A number as one word. */
export const word = (value: bigint | number): Hex => `0x${value.toString(16).padStart(64, '0')}`

/** The digest of a struct whose fields are one word each. */
export function digestOf(domain: Hex, type: keyof typeof TYPES, fields: (Hex | bigint | number)[]): Hex {
  const words = fields.map((field) =>
    typeof field === 'string' ? (`0x${field.slice(2).padStart(64, '0')}` as Hex) : word(field),
  )
  return keccak256(concat(['0x1901', domain, keccak256(concat([TYPES[type], ...words]))]))
}

/** A compact signature (EIP-2098) taken apart. */
export function compact(digest: Hex, r: Hex, vs: Hex): Signed {
  const both = BigInt(vs)
  return { digest, r, s: word(both & (2n ** 255n - 1n)), v: both >> 255n ? 28 : 27 }
}

/** The account that signed each digest; `undefined` where the signature is none (high s and foreign v too). */
export function recoverNow(
  all: readonly Signed[],
  progress: (done: number, total: number) => void = () => {},
): (Address | undefined)[] {
  const found: (Address | undefined)[] = []
  for (let at = 0; at < all.length; at += AT_ONCE) {
    found.push(...recover(all.slice(at, at + AT_ONCE)))
    progress(found.length, all.length)
  }
  return found
}

function recover(some: readonly Signed[]): (Address | undefined)[] {
  const possible = some.flatMap(({ digest, r, s, v }, at) => {
    const [x, factor] = [BigInt(r), BigInt(s)]
    if (x === 0n || x >= N || factor === 0n || factor > HALF_ORDER || (v !== 27 && v !== 28)) return []
    const point = lift(x, v === 28)
    return point ? [{ at, x, factor, point, hash: BigInt(digest) }] : []
  })
  const inverted = inverses(
    possible.map(({ x }) => x),
    N,
  )
  const keys = combine(
    possible.map(({ factor, hash, point }, index) => ({
      a: (((N - (hash % N)) % N) * inverted[index]!) % N,
      b: (factor * inverted[index]!) % N,
      point,
    })),
  )
  const found: (Address | undefined)[] = some.map(() => undefined)
  possible.forEach(({ at }, index) => {
    const key = keys[index]
    if (key) found[at] = `0x${keccak256(toBytes(concat([word(key.x), word(key.y)]))).slice(26)}`
  })
  return found
}
