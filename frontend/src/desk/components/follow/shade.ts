/** How dark a place is on the building map, and the text that says the same. */
import { reachesTwoThirds } from '@/composables/format'

/** Nobody yet; under a third; under two thirds; two thirds or more. */
export const SHADES = ['none', 'few', 'some', 'reached'] as const
export type Shade = (typeof SHADES)[number]

export type Measure = 'heads' | 'area'

/** The shade of a part of a whole, in whole numbers. */
export function shadeOf(part: number, total: number): Shade {
  if (part === 0 || total === 0) return 'none'
  if (reachesTwoThirds(part, total)) return 'reached'
  return 3n * BigInt(part) >= BigInt(total) ? 'some' : 'few'
}

/** Whole days, hours and minutes left; the largest two that are not zero are told. */
export function timeLeft(seconds: number): { days: number; hours: number; minutes: number } {
  const left = Math.max(0, Math.floor(seconds / 60))
  return { days: Math.floor(left / 1440), hours: Math.floor((left % 1440) / 60), minutes: left % 60 }
}
