/** The form of a meeting's secret ballots: its context, its keys, and how its motions are grouped. */
import type { Hex } from 'viem'
import { G, lasting, type Coordinates, type Point } from './group'

/** `group` 0 is none; `cap`: how many motions of the group an owner may be for. */
export interface MotionPlace {
  group: number
  cap: number
}

/** Everything that a ballot is made and checked with but its voter. Plain values: it goes to a worker. */
export interface Form {
  context: Hex
  keys: { inFavour: Coordinates; against: Coordinates }
  motions: MotionPlace[]
}

export interface Group {
  number: number
  /** The largest count that the proof has a branch for. */
  most: number
  /** Positions of its motions, ascending. */
  motions: number[]
}

/** The groups in ascending number. */
export function groupsOf(motions: MotionPlace[]): Group[] {
  const found = new Map<number, Group>()
  const caps = new Map<number, number>()
  motions.forEach(({ group, cap }, position) => {
    if (!group) return
    if (cap < 1 || (caps.get(group) ?? cap) !== cap)
      throw new RangeError(`group ${group} has no cap of its own`)
    caps.set(group, cap)
    const held = found.get(group) ?? { number: group, most: 0, motions: [] }
    held.motions.push(position)
    held.most = Math.min(cap, held.motions.length)
    found.set(group, held)
  })
  return [...found.values()].sort((one, other) => one.number - other.number)
}

/** Three points, three challenges, three responses. */
export const MOTION_WORDS = 12

/** Length of a body in words of 32 bytes. */
export const bodyWords = ({ motions }: Form): number =>
  MOTION_WORDS * motions.length + groupsOf(motions).reduce((some, { most }) => some + 2 * (most + 1), 0)

/** Voter and signature before the body of a record. */
export const HEAD_BYTES = 69

/** Length of a record of `cast`. */
export const recordBytes = (form: Form): number => HEAD_BYTES + 32 * bodyWords(form)

/** `G, Y_for, Y_against` with their tables, made once for a form's keys. */
export function basesOf({ keys }: Form): [Point, Point, Point] {
  let bases = prepared.get(keys)
  if (!bases) prepared.set(keys, (bases = [G, lasting(keys.inFavour), lasting(keys.against)]))
  return bases
}

const prepared = new WeakMap<Form['keys'], [Point, Point, Point]>()
