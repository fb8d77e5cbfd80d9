/** Every signature the checks need, gathered so that all are recovered together. */
import type { Address } from 'viem'
import { objectionsOf, type Objection } from './checks/objections'
import { possessions, type Proof } from './checks/registry'
import type { Community } from './community'
import type { Meeting } from './meeting'
import { openContents, recordsOf, signedBallots, type CastRecord, type Content } from './recount'
import { secretContents } from './secret/recount'
import type { Signed } from './signatures'

/** Finds who signed; `undefined` where a signature is none. */
export type Recover = (signed: Signed[]) => Promise<(Address | undefined)[]>
type Signers = (Address | undefined)[]

export interface Signatures {
  proofs: Proof[]
  possessed: Signers
  ballots: Map<Meeting, { records: CastRecord[]; signers: Signers; contents: Content[] }>
  objections: Map<Meeting, { raised: Objection[]; signers: Signers[] }>
}

const contentsOf = (
  meeting: Meeting,
  records: CastRecord[],
  progress: (done: number, total: number) => void,
): Content[] => (meeting.secret ? secretContents(meeting, records, progress) : openContents(meeting, records))

export async function recoverAll(
  community: Community,
  meetings: Meeting[],
  recover: Recover,
  progress: (done: number, total: number) => void,
): Promise<Signatures> {
  const wanted: Signed[] = []
  /** Puts signatures on the list; gives what later finds their signers. */
  const later = (signed: Signed[]) => {
    const from = wanted.length
    for (const one of signed) wanted.push(one)
    return (found: Signers) => found.slice(from, from + signed.length)
  }
  const proofs = possessions(community)
  const proven = later(proofs.map(({ signed }) => signed))
  const parts = meetings.map((meeting) => {
    const records = recordsOf(meeting)
    const raised = objectionsOf(community, meeting)
    const cast = later(signedBallots(community, meeting, records))
    return { meeting, records, raised, cast, brought: raised.map(({ signed }) => later(signed)) }
  })
  const found = await recover(wanted)
  return {
    proofs,
    possessed: proven(found),
    ballots: new Map(
      parts.map(({ meeting, records, cast }) => [
        meeting,
        { records, signers: cast(found), contents: contentsOf(meeting, records, progress) },
      ]),
    ),
    objections: new Map(
      parts.map(({ meeting, raised, brought }) => [
        meeting,
        { raised, signers: brought.map((one) => one(found)) },
      ]),
    ),
  }
}
