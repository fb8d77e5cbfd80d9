/** The form of a secret meeting's ballots, and its records: voter, signature, body (docs/secret-ballots.md). */
import type { Hex } from 'viem'
import { HEAD_BYTES, groupsOf, recordBytes, type Form } from '@/wsb/form'
import { G, readPoint, type Coordinates } from '@/wsb/group'
import { RECORD, recordsIn } from '../ballots'
import { eventsOf } from '../community'
import type { Pair } from '../events'
import type { Log } from '../logs'
import { NO_HASH, type Meeting } from '../meeting'

/** The keys and the context as they were adopted. */
export const adoptedIn = ({ logs }: Pick<Meeting, 'logs'>): Log<'KeysAdopted'> | undefined =>
  eventsOf(logs, 'KeysAdopted')[0]

/** A key that may be computed with; keys.context says when it is another than the one adopted. */
const usable = (key: Pair | undefined): Coordinates => ((key && readPoint(key[0], key[1])) ?? G).toAffine()

/** The form of the ballots; groups that no contract accepts (meeting.lifecycle) are left out. */
export function formOf(meeting: Pick<Meeting, 'logs' | 'convening'>): Form {
  const adopted = adoptedIn(meeting)?.args
  const places = meeting.convening.motions.map(({ group, cap }) => ({ group, cap }))
  return {
    context: adopted?.context ?? NO_HASH,
    keys: { inFavour: usable(adopted?.keyFor), against: usable(adopted?.keyAgainst) },
    motions: isGrouped(places) ? places : places.map(() => ({ group: 0, cap: 0 })),
  }
}

function isGrouped(places: Form['motions']): boolean {
  try {
    groupsOf(places)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Length of a record of a meeting. */
export const sizeOf = (meeting: Meeting): number =>
  meeting.contract === 'SecretMeeting' ? recordBytes(formOf(meeting)) : RECORD

/** The records of a batch; none of a torn one. */
export const secretBallotsIn = (records: Hex, size: number) =>
  recordsIn(records, size).map((one) => {
    const part = (from: number, to: number): Hex => `0x${one.slice(2 * from, 2 * to)}`
    return {
      voter: Number(part(0, 4)),
      ...{ r: part(4, 36), s: part(36, 68), v: Number(part(68, 69)) },
      content: part(HEAD_BYTES, size),
    }
  })
