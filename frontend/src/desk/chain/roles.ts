/** Roles of the registry, by the hashes they have there (docs/protocol.md). */
import type { Hex } from 'viem'
import { keccak256, stringToBytes } from 'viem/utils'

export const OFFICE_ROLES = ['committee', 'supervisor', 'operator'] as const
export type RoleName = (typeof OFFICE_ROLES)[number]

const hashOf = (role: RoleName): Hex => keccak256(stringToBytes(role.toUpperCase()))

export const ROLE_HASHES: Readonly<Record<RoleName, Hex>> = {
  committee: hashOf('committee'),
  supervisor: hashOf('supervisor'),
  operator: hashOf('operator'),
}

/** The role with this hash, if it is one of ours. */
export function roleOfHash(hash: string): RoleName | undefined {
  return OFFICE_ROLES.find((role) => ROLE_HASHES[role] === hash.toLowerCase())
}
