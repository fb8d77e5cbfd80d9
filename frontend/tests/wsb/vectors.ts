/** Reading the golden vectors of WSB-1: the files that Solidity and Python share. */
import { expect } from 'vitest'
import type { Choice } from '@/chain/choices'
import type { Form } from '@/wsb/form'
import { lasting, type Coordinates, type Point } from '@/wsb/group'
import type { Draw } from '@/wsb/random'
import type { Hex } from 'viem'

const CHOICES: Choice[] = ['abstain', 'for', 'against']

/** Choices as the vectors number them. */
export const choicesOf = (numbers: number[]): Choice[] => numbers.map((number) => CHOICES[number]!)

/** Coordinates of a written point. */
export const pairOf = ([x, y]: string[]): Coordinates => ({ x: BigInt(x!), y: BigInt(y!) })

/** A written point. */
export const pointOf = (written: string[]): Point => lasting(pairOf(written))

/** A number as the vectors write it. */
export const written = (value: bigint): Hex => `0x${value.toString(16).padStart(64, '0')}`

/** A point as the vectors write it. */
export function writtenPoint(point: Point): Hex[] {
  const { x, y } = point.toAffine()
  return [written(x), written(y)]
}

interface WrittenForm {
  context: string
  y_for: string[]
  y_against: string[]
  motions: { group: number; cap: number }[]
}

/** A form of ballots. */
export const formOf = (form: WrittenForm): Form => ({
  context: form.context as Hex,
  keys: { inFavour: pairOf(form.y_for), against: pairOf(form.y_against) },
  motions: form.motions,
})

/** Draws the written scalars one after the other, and insists that there are enough. */
export function replay(scalars: string[]): Draw & { left: () => number } {
  const rest = scalars.map(BigInt)
  const draw = () => {
    const next = rest.shift()
    expect(next, 'more randomness than the vectors hold').toBeDefined()
    return next!
  }
  return Object.assign(draw, { left: () => rest.length })
}
