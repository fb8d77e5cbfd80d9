/** A meeting's record, to be read, printed and downloaded. */
import { readResult } from '@/composables/useResult'
import { saveFile } from '@/composables/saveFile'
import { useLoad } from '@/composables/useLoad'
import { useMeetingsApi } from '@/desk/api/meetingsApi'
import { useStaff } from '@/desk/composables/useStaff'
import { useServices } from '@/services'
import { meetingRecord, type RecordSource } from './meetingRecord'

export function useRecord(meeting: number) {
  const { api: owners } = useServices()
  const api = useMeetingsApi()
  const { community: slug } = useStaff()
  const load = useLoad<RecordSource>(async () => {
    const [read, course, statements] = await Promise.all([
      readResult(owners, slug.value, meeting),
      api.course(slug.value, meeting),
      api.statements(slug.value, meeting),
    ])
    return { ...read, course, statements }
  })

  /** Hand the record to the browser's downloads. */
  function save(source: RecordSource): void {
    const text = JSON.stringify(meetingRecord(source), null, 2)
    const name = `${source.community.slug}-meeting-${source.meeting.meeting}.json`
    saveFile(new Blob([text], { type: 'application/json' }), name)
  }
  return { load, save }
}
