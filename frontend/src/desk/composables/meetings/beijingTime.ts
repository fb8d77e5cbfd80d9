/** Times as a date field takes them, always Beijing time whatever this device is set to. */
import type { Dates } from '@/desk/api/meetingsApi'

export const DAY = 86_400
const OFFSET = 8 * 3_600
const MORNING = 9 * 3_600
const USUAL_DAYS = 10

/** UTC seconds as `2026-11-23T09:00`; empty for none. */
export const toField = (seconds: number | null): string =>
  seconds === null ? '' : new Date((seconds + OFFSET) * 1000).toISOString().slice(0, 16)

/** `2026-11-23T09:00` as UTC seconds; `null` while it is not a whole time. */
export function fromField(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null
  return Date.parse(`${text}:00Z`) / 1000 - OFFSET
}

/** Nine in the morning, Beijing time, at least a whole day after `moment`: time to sign and to consent. */
export function morningAfter(moment: number): number {
  const day = Math.ceil((moment + DAY + OFFSET - MORNING) / DAY)
  return day * DAY + MORNING - OFFSET
}

/** Times that keep the rules and leave the supervisor a day: what is offered while none are chosen. */
export function suggestedTimes({ earliest_opening }: Pick<Dates, 'earliest_opening'>) {
  const opens_at = morningAfter(earliest_opening)
  return { opens_at, closes_at: opens_at + USUAL_DAYS * DAY }
}
