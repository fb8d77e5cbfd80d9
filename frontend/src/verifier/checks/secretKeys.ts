/** keys.*: who holds the keys of a secret meeting, how they were made, and that they are the ones adopted. */
import { contextOf } from '@/wsb/context'
import { SIDES } from '@/wsb/ceremony'
import type { Point } from '@/wsb/group'
import { eventsOf, type Community } from '../community'
import type { Findings } from '../findings'
import { is, place } from '../logs'
import { conveneHashOf, named, NO_HASH, sealOf, type Meeting } from '../meeting'
import { trusteesOf, type Ceremony, type Trustees } from '../secret/ceremony'
import { adoptedIn } from '../secret/form'

const isPoint = (point: Point, held: readonly bigint[] | undefined): boolean => {
  const { x, y } = point.toAffine()
  return held?.[0] === x && held[1] === y
}

/** Tell whether so many trustees keep a secret: no minority and no two groups apart can open. */
export const canKeep = (trustees: number, threshold: number): boolean =>
  trustees >= 3 && trustees <= 15 && 2 * threshold > trustees && threshold <= trustees

/** keys.trustees: a fit set, proposed and then confirmed; roles.separation says by whom. */
export function checkTrustees(community: Community, meeting: Meeting, findings: Findings): void {
  const id = 'keys.trustees'
  let proposed: Trustees | undefined
  let confirmed: Trustees | undefined
  for (const log of meeting.board) {
    const where = { ...named(meeting), where: place(log) }
    if (is(log, 'TrusteesProposed')) {
      proposed = trusteesOf(community, log)
      const { accounts, threshold, hash } = proposed
      const count = accounts.length
      findings.require(
        canKeep(count, threshold) && new Set(accounts).size === count,
        id,
        'trusteesUnfit',
        where,
      )
      findings.require(hash === log.args.trusteeSetHash, id, 'trusteesHashDiffers', where)
    } else if (is(log, 'TrusteesConfirmed')) {
      const same = findings.require(
        proposed?.hash === log.args.trusteeSetHash,
        id,
        'trusteesNotProposed',
        where,
      )
      if (same) confirmed = proposed
    }
  }
  if (!confirmed) findings.saw(id, 'noTrustees', named(meeting))
  else {
    const values = { count: confirmed.accounts.length, threshold: confirmed.threshold }
    findings.saw(id, 'trustees', { ...named(meeting), ...values })
  }
}

/** keys.ceremony: each step by all before the next, every proof, and the keys that come of it on the board. */
export function checkCeremony(meeting: Meeting, ceremony: Ceremony | undefined, findings: Findings): void {
  const id = 'keys.ceremony'
  const answered = meeting.secret!.keys
  const unmade = answered === undefined || answered.trusteeSetHash === NO_HASH
  const announced = completionsOf(meeting, ceremony)
  if (!ceremony) {
    const nothing = !adoptedIn(meeting) && !announced.length && unmade
    findings.require(nothing, id, 'noCeremony', named(meeting))
    findings.saw(id, 'ceremonyNotBegun', named(meeting))
    return
  }
  for (const { key, values } of ceremony.faults) findings.fault(id, key, { ...named(meeting), ...values })
  if (ceremony.isComplete) compareKeys(meeting, ceremony, findings)
  else findings.require(unmade && !announced.length, id, 'notYetComplete', named(meeting))
  const values = { ...named(meeting), run: ceremony.run.run, steps: ceremony.steps }
  findings.saw(id, ceremony.isComplete ? 'ceremonyComplete' : 'ceremonyBegun', values)
}

/** What the board announced at the end of the run; of any run where none began. */
const completionsOf = ({ board }: Meeting, ceremony: Ceremony | undefined) =>
  eventsOf(board, 'KeysCompleted').filter(({ args }) => !ceremony || args.run === ceremony.run.run)

function compareKeys(meeting: Meeting, ceremony: Ceremony, findings: Findings): void {
  const id = 'keys.ceremony'
  const { keys: answered, shareKeys } = meeting.secret!
  const { accounts, threshold, hash } = ceremony.trustees
  const [inFavour, against] = ceremony.keys
  const said = completionsOf(meeting, ceremony).at(-1)?.args
  const announced =
    isPoint(inFavour, said?.keyFor) &&
    isPoint(against, said?.keyAgainst) &&
    said?.transcript === ceremony.transcript
  findings.require(announced, id, 'keysAnnouncedDiffer', named(meeting))
  const same =
    answered?.trusteeSetHash === hash &&
    answered.threshold === threshold &&
    answered.trustees === accounts.length &&
    isPoint(inFavour, answered.keys.slice(0, 2)) &&
    isPoint(against, answered.keys.slice(2))
  findings.require(same, id, 'keysAnsweredDiffer', named(meeting))
  accounts.forEach((_, at) => {
    const held = SIDES.every((side) => isPoint(ceremony.shareKey(at + 1, side), shareKeys[at]?.[side]))
    findings.require(held, id, 'shareKeyDiffers', { ...named(meeting), trustee: at + 1 })
  })
}

/** keys.context: what every ballot is bound to, of the keys that the ceremony made. */
export function checkContext(
  { chain }: Community,
  meeting: Meeting,
  ceremony: Ceremony | undefined,
  findings: Findings,
): void {
  const id = 'keys.context'
  const adopted = adoptedIn(meeting)?.args
  const said = meeting.secret!.context
  if (!adopted) {
    findings.require(said === undefined || said === NO_HASH, id, 'keysUnannounced', named(meeting))
    findings.saw(id, 'keysNotAdopted', named(meeting))
    return
  }
  const { keyFor, keyAgainst, trusteeSetHash, threshold, trustees } = adopted
  const ours = contextOf({
    ...{ chainId: Number(chain.id), secretMeeting: meeting.address, meeting: Number(meeting.id) },
    ...{ conveneHash: conveneHashOf(meeting), rollDigest: sealOf(meeting)?.args.digest ?? NO_HASH },
    ...{ trusteeSetHash, threshold, trustees },
    keys: { inFavour: { x: keyFor[0], y: keyFor[1] }, against: { x: keyAgainst[0], y: keyAgainst[1] } },
  })
  findings.require(adopted.context === ours && said === ours, id, 'contextDiffers', named(meeting))
  const made =
    ceremony?.isComplete === true &&
    ceremony.trustees.hash === trusteeSetHash &&
    isPoint(ceremony.keys[0], keyFor) &&
    isPoint(ceremony.keys[1], keyAgainst)
  findings.require(made, id, 'keysOfNoCeremony', named(meeting))
  findings.saw(id, 'context', { ...named(meeting), context: ours })
}
