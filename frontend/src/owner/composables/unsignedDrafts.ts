/** Choices made on this phone and never signed: they count for nothing, and their owner may not know. */
import type { MeetingBrief } from '@/api/types'
import type { Services } from '@/services'
import { readDraft } from './useDraft'

export interface UnsignedDraft {
  meeting: number
  title: string
  /** Motions still without a choice. */
  open: number
}

/** The drafts of those `meetings` that are open and for which this phone holds no ballot. */
export async function unsignedDrafts(
  { keys, outbox, shelves }: Pick<Services, 'keys' | 'outbox' | 'shelves'>,
  slug: string,
  meetings: readonly Pick<MeetingBrief, 'meeting' | 'title' | 'state'>[],
): Promise<UnsignedDraft[]> {
  const voters = (await keys.inCommunity(slug)).map((key) => key.voter)
  const found = await Promise.all(
    meetings
      .filter((meeting) => meeting.state === 'open')
      .map(async ({ meeting, title }) => {
        const draft = await readDraft(shelves, slug, meeting)
        const ballots = await Promise.all(voters.map((voter) => outbox.find(slug, meeting, voter)))
        // A refused ballot has a page of its own that says what to do.
        if (!draft || ballots.some((ballot) => ballot)) return []
        return [{ meeting, title, open: draft.choices.filter((choice) => choice === null).length }]
      }),
  )
  return found.flat()
}
