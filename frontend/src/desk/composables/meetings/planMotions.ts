/** Motions in preparation: single ones, and groups of candidates of which an owner may support so many. */
import type { PlanMotion } from '@/desk/api/meetingsApi'
import type { Majority } from '@/api/types'

/** Motions that stand together on the page; `at` are their places on the ballot. */
export interface MotionBlock {
  group: number
  cap: number
  at: number[]
}

const SPECIAL = [6, 7, 8]
/** A blank of a template; a year in such brackets is how official documents are cited. */
const BLANK = /〔(?!\d+〕)[^〕]*〕/

/** The majority a matter needs (Civil Code 278). */
export const majorityOf = (matter: number): Majority => (SPECIAL.includes(matter) ? 'special' : 'ordinary')

/** Tell whether a template's blank was left open. */
export const hasBlank = ({ title, text }: Pick<PlanMotion, 'title' | 'text'>): boolean =>
  BLANK.test(title) || BLANK.test(text)

/** Single motions alone, the candidates of a group together, in the order of the ballot. */
export function blocksOf(motions: readonly PlanMotion[]): MotionBlock[] {
  const blocks: MotionBlock[] = []
  motions.forEach(({ group, cap }, at) => {
    const known = group > 0 ? blocks.find((block) => block.group === group) : undefined
    if (known) known.at.push(at)
    else blocks.push({ group, cap, at: [at] })
  })
  return blocks
}

/** Swap a block with the one before (-1) or after it (1). */
export function moveBlock(motions: readonly PlanMotion[], block: number, by: -1 | 1): PlanMotion[] {
  const blocks = blocksOf(motions)
  const [from, to] = [blocks[block], blocks[block + by]]
  if (!from || !to) return [...motions]
  blocks[block] = to
  blocks[block + by] = from
  return blocks.flatMap(({ at }) => at.map((place) => motions[place]!))
}

/** Add a candidate at the end of its group, or the first one of a new group. */
export function addCandidate(
  motions: readonly PlanMotion[],
  group: number,
  candidate: Pick<PlanMotion, 'matter' | 'title' | 'text'>,
): PlanMotion[] {
  const mates = motions.filter((motion) => motion.group === group)
  const added: PlanMotion = { ...candidate, group, cap: mates[0]?.cap ?? 1 }
  const last = motions.reduce(
    (found, motion, at) => (motion.group === group ? at : found),
    motions.length - 1,
  )
  const place = last + 1
  return [...motions.slice(0, place), added, ...motions.slice(place)]
}

/** Take a motion out; a cap above the candidates left is lowered to their number. */
export function removeMotion(motions: readonly PlanMotion[], at: number): PlanMotion[] {
  const { group } = motions[at]!
  const left = motions.filter((_, place) => place !== at)
  const size = left.filter((motion) => motion.group === group).length
  return group === 0 ? left : withCap(left, group, Math.min(motions[at]!.cap, size))
}

/** Set how many candidates of a group an owner may support. */
export const withCap = (motions: readonly PlanMotion[], group: number, cap: number): PlanMotion[] =>
  motions.map((motion) => (motion.group === group ? { ...motion, cap } : motion))

/** A number no group has yet. */
export const freeGroup = (motions: readonly PlanMotion[]): number =>
  1 + Math.max(0, ...motions.map(({ group }) => group))
