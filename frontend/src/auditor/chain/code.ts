/** Whether the code at an address is the code of this release, and exactly what was compared. */
import {
  encodeAbiParameters,
  hexToBytes,
  keccak256,
  padHex,
  size,
  stringToBytes,
  stringToHex,
  toHex,
} from 'viem/utils'
import type { Address, Hex } from 'viem'
import { releaseCode } from '@/chain/abi/release'

const CLONE_HEAD = '363d3d373d3d3d363d73'
const CLONE_TAIL = '5af43d82803e903d91602b57fd5bf3'
const CLONE = new RegExp(`^0x${CLONE_HEAD}([0-9a-f]{40})${CLONE_TAIL}$`)
const DOMAIN_TYPE = keccak256(
  stringToBytes('EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)'),
)

export type ContractName = keyof typeof releaseCode
export const CONTRACTS = Object.keys(releaseCode) as ContractName[]
/** EIP-712 names that the release deploys with. */
const DOMAINS: Partial<Record<ContractName, string>> = {
  OwnerRegistry: 'Wanjia OwnerRegistry',
  OpenMeeting: 'Wanjia OpenMeeting',
  SecretMeeting: 'Wanjia SecretMeeting',
  ERC2771Forwarder: 'Wanjia Forwarder',
}

export type CodeVerdict = 'same' | 'different' | 'strangeValues' | 'none'

/** The address behind an EIP-1167 clone; `null` for any other code. */
export function cloneTarget(code: Hex): Address | null {
  const found = CLONE.exec(code.toLowerCase())
  return found ? `0x${found[1]!}` : null
}

/** The contract of this release that has this code, immutables left out; `null` for none. */
export function contractOf(code: Hex): ContractName | null {
  return CONTRACTS.find((name) => isCodeOf(name, code)) ?? null
}

/** Whether code is the release's, the places that a constructor fills in set to zero. */
export function isCodeOf(name: ContractName, code: Hex): boolean {
  const { bytes, hash, immutables } = releaseCode[name]
  if (size(code) !== bytes) return false
  const blanked = hexToBytes(code)
  for (const [start, length] of immutables) blanked.fill(0, start, start + length)
  return keccak256(blanked) === hash
}

/** The distinct words that the constructor filled in. */
export function filledIn(name: ContractName, code: Hex): Hex[] {
  const { immutables } = releaseCode[name]
  const words = immutables.map(
    ([start, length]) => `0x${code.slice(2 + 2 * start, 2 + 2 * (start + length))}`,
  )
  return [...new Set(words.map((word) => word.toLowerCase()))] as Hex[]
}

/** The words that this release's constructor fills in at `address`. */
export function expectedWords(
  name: ContractName,
  place: { address: Address; chainId: number; forwarder: Address; clonedFrom: readonly Address[] },
): Hex[] {
  if (name === 'CommunityFactory') return place.clonedFrom.map(word)
  const trusted = name === 'ERC2771Forwarder' ? [] : [word(place.forwarder)]
  const domain = DOMAINS[name]
  if (!domain) return trusted
  const texts = [domain, '1'].flatMap((text) => [keccak256(stringToBytes(text)), shortString(text)])
  const separator = keccak256(
    encodeAbiParameters(
      [
        { type: 'bytes32' },
        { type: 'bytes32' },
        { type: 'bytes32' },
        { type: 'uint256' },
        { type: 'address' },
      ],
      [
        DOMAIN_TYPE,
        keccak256(stringToBytes(domain)),
        keccak256(stringToBytes('1')),
        BigInt(place.chainId),
        place.address,
      ],
    ),
  )
  return [...trusted, word(place.address), toHex(place.chainId, { size: 32 }), separator, ...texts]
}

const word = (address: Address): Hex => padHex(address.toLowerCase() as Hex, { size: 32 })

/** OpenZeppelin keeps a short string as its bytes, with the length in the last. */
function shortString(text: string): Hex {
  const length = stringToBytes(text).length
  return `${padHex(stringToHex(text), { dir: 'right', size: 31 })}${length.toString(16).padStart(2, '0')}`
}
