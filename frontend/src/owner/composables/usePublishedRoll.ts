/** A meeting's published roll, and the logged-in owner's objections to it. */
import type { components } from '@/api/schema'
import { Problem } from '@/api/problem'
import { useLoad } from '@/composables/useLoad'
import { useServices } from '@/services'

type Schemas = components['schemas']
export type PublishedRoll = Schemas['PublicRollAnswer']
export type PublishedLine = Schemas['PublicLineAnswer']
export type MyObjection = Schemas['RollObjectionAnswer']
export type NewObjection = Schemas['RollObjectionBody']

export function usePublishedRoll(slug: string, meeting: number) {
  const { http } = useServices()
  const place = `/communities/${encodeURIComponent(slug)}/meetings/${meeting}`
  const roll = useLoad(() => http.get<PublishedRoll>(`${place}/roll`))
  /** `undefined` for somebody who is not logged in as an owner of this community. */
  const mine = useLoad(async () => {
    try {
      const { objections } = await http.get<{ objections: MyObjection[] }>(`${place}/my-roll-objections`)
      return { objections }
    } catch (cause) {
      if (cause instanceof Problem && (cause.status === 401 || cause.status === 404))
        return { objections: undefined }
      throw cause
    }
  })

  /** Object to a line, and show it among the others. */
  async function object(objection: NewObjection): Promise<void> {
    await http.post<MyObjection>(`${place}/my-roll-objections`, objection)
    await mine.reload()
  }
  return { roll, mine, object }
}

/** Tell whether objections are taken: published, not sealed, not open yet. */
export const takesObjections = ({ published_at, sealed_at, state }: PublishedRoll): boolean =>
  published_at !== null && sealed_at === null && (state === 'convened' || state === 'notice')

/** The lines of one building whose number begins as typed; the first of them, so that a phone stays quick. */
export function chosenLines(
  lines: readonly PublishedLine[],
  building: string,
  number: string,
): readonly PublishedLine[] {
  const wanted = number.trim().toUpperCase()
  return lines.filter((line) => line.building === building && line.number.startsWith(wanted))
}
