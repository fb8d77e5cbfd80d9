/** Why an owner's units come to one head, in the terms of the law: key of the sentence that says so. */
import type { Owner } from '@/api/types'

export type WeightReason = 'one' | 'several' | 'joint' | 'company' | 'developer' | 'guardian'

/** How many of an owner's units count under the community's rules. */
export const countedUnits = ({ units }: Pick<Owner, 'units'>): number =>
  units.filter((unit) => unit.counted).length

/** The reason that matters most to this owner. */
export function weightReason({ kind, role, units }: Pick<Owner, 'kind' | 'role' | 'units'>): WeightReason {
  if (role === 'guardian') return 'guardian'
  if (kind !== 'person') return kind
  return countedUnits({ units }) > 1 ? 'several' : 'one'
}
