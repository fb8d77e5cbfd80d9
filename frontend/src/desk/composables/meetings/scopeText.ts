/** The text of a scope (docs/protocol.md): `*`, or entries in code point order joined by commas. */
import type { Building } from '@/desk/api/meetingsApi'

export const WHOLE = '*'
export type Chosen = 'all' | 'some' | 'none'

const entriesOf = (scope: string): readonly string[] =>
  scope === WHOLE || scope === '' ? [] : scope.split(',')

/** How much of a building is in the scope. */
export function chosenOf(scope: string, building: Building): Chosen {
  if (scope === WHOLE || entriesOf(scope).includes(building.name)) return 'all'
  return building.entrances.some(({ name }) => hasEntrance(scope, building, name)) ? 'some' : 'none'
}

/** Tell whether an entrance is in the scope, by itself or with its building. */
export const hasEntrance = (scope: string, building: Building, entrance: string): boolean =>
  scope === WHOLE ||
  entriesOf(scope).some((entry) => entry === building.name || entry === `${building.name}/${entrance}`)

/** Put a whole building in, or take it out with all its entrances. */
export function toggleBuilding(scope: string, building: Building): string {
  const others = entriesOf(scope).filter((entry) => !belongsTo(entry, building))
  return written(chosenOf(scope, building) === 'all' ? others : [...others, building.name])
}

/** Put one entrance in or out; all entrances of a building are the building. */
export function toggleEntrance(scope: string, building: Building, entrance: string): string {
  const others = entriesOf(scope).filter((entry) => !belongsTo(entry, building))
  const inside = building.entrances
    .map(({ name }) => name)
    .filter((name) => hasEntrance(scope, building, name) !== (name === entrance))
  const whole = inside.length === building.entrances.length
  return written([...others, ...(whole ? [building.name] : inside.map((name) => `${building.name}/${name}`))])
}

const belongsTo = (entry: string, { name }: Building): boolean =>
  entry === name || entry.startsWith(`${name}/`)

const written = (entries: readonly string[]): string => [...entries].sort(byCodePoint).join(',')

/** JavaScript's own order is by UTF-16 units, the hash's by code points. */
function byCodePoint(one: string, other: string): number {
  const [left, right] = [[...one], [...other]]
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
