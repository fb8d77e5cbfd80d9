/** The sums of a secret meeting's good ballots, what the trustees opened of them, and what follows from it. */
import { intervalOf, verdictOf, type Interval } from '@/wsb/coarse'
import { aggregatesOf, LEVELS, type Aggregate } from '@/wsb/decryption'
import type { Side } from '@/wsb/ceremony'
import type { Point } from '@/wsb/group'
import { roundingOf, type Rounding, type Sums } from '@/wsb/tally'
import { isSpecial } from '../decision'
import { eventsOf } from '../community'
import type { Weight } from '../events'
import type { Meeting } from '../meeting'

/** One aggregate as a key of maps. */
export const nameOf = ({ motion, level, side }: Aggregate): string => `${motion}/${level}/${side}`

export class Opened {
  readonly rounding: Rounding
  private readonly part: { area: number; heads: number }
  private readonly values = new Map<string, number>()

  constructor(
    private readonly meeting: Meeting,
    readonly sums: Sums,
    areas: number[],
    part: Weight,
  ) {
    this.rounding = roundingOf(areas)
    this.part = { area: Number(part.area), heads: part.heads }
    for (const { args } of eventsOf(meeting.board, 'SumsOpened')) {
      const listed = this.aggregates(args.stage).slice(args.first)
      listed.slice(0, args.values.length).forEach((aggregate, at) => {
        const name = nameOf(aggregate)
        if (!this.values.has(name)) this.values.set(name, Number(args.values[at]!))
      })
    }
  }

  /** `A` and the `B` of its side. */
  pair({ motion, level, side }: Aggregate): [Point, Point] {
    const sum = this.sums[motion]![level]!
    return [sum[0], sum[1 + side]!]
  }

  /** What a sum was opened to; nothing before. */
  value(aggregate: Aggregate): number | undefined {
    return this.values.get(nameOf(aggregate))
  }

  /** Owners for or against; none while that is not open. */
  heads(motion: number, side: Side): number {
    return this.value({ motion, level: LEVELS.heads, side }) ?? 0
  }

  /** The exact area once it is open, else what follows from the coarse one, else anything up to all. */
  area(motion: number, side: Side): Interval {
    const exact = this.value({ motion, level: LEVELS.exact, side })
    if (exact !== undefined) return { lower: exact, upper: exact }
    const units = this.value({ motion, level: LEVELS.coarse, side })
    if (units === undefined) return { lower: 0, upper: this.part.area }
    return intervalOf(units, this.rounding, this.part.area)
  }

  /** What a stage opens, in its order; nothing of a stage that there is not. */
  aggregates(stage: number): Aggregate[] {
    const motions = this.meeting.convening.motions.map((_, motion) => motion)
    if (stage === 0) return aggregatesOf(0, motions)
    return stage === 1 ? aggregatesOf(1, motions.filter(this.isUndecided)) : []
  }

  private readonly isUndecided = (motion: number): boolean => {
    const heads = this.value({ motion, level: LEVELS.heads, side: 0 })
    const units = this.value({ motion, level: LEVELS.coarse, side: 0 })
    if (heads === undefined || units === undefined) return true
    const special = isSpecial(this.meeting.convening.motions[motion]!.matter)
    const area = intervalOf(units, this.rounding, this.part.area)
    return verdictOf(special, this.part, area, heads) === 'undecided'
  }
}
