/** One step of a course: `ended` is where it stopped for good. */
export interface LineStep {
  name: string
  state: 'done' | 'now' | 'next' | 'ended'
  when?: string
  note?: string
}
