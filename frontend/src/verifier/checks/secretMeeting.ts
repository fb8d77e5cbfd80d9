/** Everything that is checked of a secret meeting besides what is checked of every meeting. */
import type { Community } from '../community'
import type { Findings } from '../findings'
import type { Meeting } from '../meeting'
import type { Roll } from '../roll'
import { ceremonyOf } from '../secret/ceremony'
import type { SecretTally } from '../secret/recount'
import { checkCeremony, checkContext, checkTrustees } from './secretKeys'
import { checkOpened, checkShares } from './secretShares'
import { checkElectorate, checkFresh, checkIntervals, checkSeal, checkSums } from './secretSums'

export function checkSecretMeeting(
  community: Community,
  meeting: Meeting,
  tally: SecretTally,
  roll: Roll,
  findings: Findings,
): void {
  findings.make(['ballot.fresh'], () => checkFresh(meeting, tally, findings))
  findings.make(['keys.trustees'], () => checkTrustees(community, meeting, findings))
  const ceremony = findings.make(['keys.ceremony', 'keys.context', 'tally.shares', 'tally.opened'], () =>
    ceremonyOf(community, meeting),
  )
  findings.make(['keys.ceremony'], () => checkCeremony(meeting, ceremony, findings))
  findings.make(['keys.context'], () => checkContext(community, meeting, ceremony, findings))
  findings.make(['tally.electorate'], () => checkElectorate(meeting, roll, findings))
  findings.make(['tally.sums'], () => checkSums(meeting, tally, findings))
  findings.make(['tally.seal'], () => checkSeal(meeting, tally, roll, findings))
  findings.make(['tally.motions'], () => checkIntervals(meeting, tally, findings))
  const of = { community, meeting, ceremony, opened: tally.opened }
  const shares = findings.make(['tally.shares'], () => checkShares(of, findings))
  findings.make(['tally.opened'], () => checkOpened(of, shares ?? new Map(), findings))
}
