/** Judging what secret ballots hold, and adding up the good ones. */
import { readBody } from '@/wsb/ballot'
import { faultsOfAll, type Fault } from '@/wsb/checking'
import type { Form } from '@/wsb/form'
import type { Ciphertext } from '@/wsb/statements'
import { addUp } from '@/wsb/tally'
import { eventsOf } from '../community'
import type { Weight } from '../events'
import type { Meeting } from '../meeting'
import { goodOf, partOf, type CastRecord, type Content, type Judged, type Tally } from '../recount'
import type { Roll } from '../roll'
import { formOf } from './form'
import { Opened } from './opened'

/** Ballots judged together: enough to share what they cost, few enough to say how far it is. */
const AT_ONCE = 128
const REASON: Record<Fault['reason'], number> = { malformed: 7, 'invalid-choice': 3, 'over-cap': 4 }

/** What each record holds, by its proofs. */
export function secretContents(
  meeting: Meeting,
  records: CastRecord[],
  progress: (done: number, total: number) => void,
): Content[] {
  const form = formOf(meeting)
  const found: Content[] = []
  for (let at = 0; at < records.length; at += AT_ONCE) {
    const part = records.slice(at, at + AT_ONCE).map(({ voter, content }) => ({ voter, body: content }))
    found.push(...faultsOfAll(form, part).map(contentOf))
    progress(found.length, records.length)
  }
  return found
}

const contentOf = (faults: Fault[]): Content => ({
  reason: faults[0] ? REASON[faults[0].reason] : 0,
  unreadable: faults.some(({ reason }) => reason !== 'over-cap'),
  overCap: faults.some(({ reason }) => reason === 'over-cap'),
})

/** What is good added up under encryption, with what was opened of it. */
export interface SecretTally extends Tally {
  opened: Opened
  /** Voters whose `A` had been used before. */
  repeating: number[]
}

export function secretTally(meeting: Meeting, judged: Judged[], roll: Roll): SecretTally {
  const form = formOf(meeting)
  const good = goodOf(judged)
  const ballots = good.map(({ voter, content }) => ({
    voter,
    area: Number(roll.areaOf(voter)),
    ciphertexts: ciphertextsOf(form, content),
  }))
  const part = partOf(good, roll)
  const sums = addUp(form.motions.length, ballots)
  const areas = ballots.map(({ area }) => area)
  const opened = new Opened(meeting, sums, areas, part)
  const sealed = eventsOf(meeting.logs, 'BallotsSealed').length > 0
  const side = (motion: number, which: 0 | 1): Weight =>
    sealed
      ? { area: BigInt(opened.area(motion, which).lower), heads: opened.heads(motion, which) }
      : { area: 0n, heads: 0 }
  return {
    ...{ counted: good.length, part, opened, repeating: repeatingIn(ballots) },
    motions: form.motions.map((_, at) => ({ inFavour: side(at, 0), against: side(at, 1) })),
  }
}

/** The ciphertexts of a body whose proofs hold. */
const ciphertextsOf = (form: Form, body: CastRecord['content']): Ciphertext[] =>
  readBody(form, body)!.motions.map(({ ciphertext }) => ciphertext!)

function repeatingIn(ballots: { voter: number; ciphertexts: Ciphertext[] }[]): number[] {
  const seen = new Set<string>()
  return ballots.flatMap(({ voter, ciphertexts }) => {
    const own = ciphertexts.map(([a]) => `${a.x}/${a.y}`)
    const repeats = own.some((one) => seen.has(one)) || new Set(own).size < own.length
    own.forEach((one) => seen.add(one))
    return repeats ? [voter] : []
  })
}
