/** From the server's words to the shapes the phone checks. */
import type { ChainPlace, MeetingPlace } from '@/chain/eip712'
import type { MeetingClaim, SignedReceipt } from '@/chain/trust'
import type { Community, Meeting, Receipt } from './types'

/** Where a community says its contracts are. */
export function placeOf(community: Pick<Community, 'chain'>): ChainPlace {
  const { chain_id, registry, open_meeting, operator, secret_meeting } = community.chain
  const place = { chainId: chain_id, registry, openMeeting: open_meeting, operator }
  return secret_meeting ? { ...place, secretMeeting: secret_meeting } : place
}

/** Where a meeting says it is held. */
export const meetingPlaceOf = ({ ballots, chain }: Pick<Meeting, 'ballots' | 'chain'>): MeetingPlace => ({
  chainId: chain.chain_id,
  contract: chain.contract,
  ballots: ballots === 'secret' ? 'secret' : 'open',
})

/** A meeting's claim; motions in the order of the ballot. */
export function meetingClaim(community: Community, meeting: Meeting): MeetingClaim {
  const { convening } = meeting
  return {
    meeting: meeting.meeting,
    place: {
      ...placeOf(community),
      chainId: meeting.chain.chain_id,
      openMeeting: meeting.chain.open_meeting,
    },
    contract: meeting.chain.contract,
    ballots: meeting.ballots === 'secret' ? 'secret' : 'open',
    conveneHash: meeting.convene_hash,
    convening: {
      scopeHash: convening.scope_hash,
      motions: convening.motions.map(({ matter, group, cap, text_hash }) => ({
        matter,
        group,
        cap,
        textHash: text_hash,
      })),
      documents: convening.documents.map((document) => document.hash),
      opensAt: convening.opens_at,
      closesAt: convening.closes_at,
      rules: {
        rulesHash: convening.rules.rules_hash,
        noticePeriod: convening.rules.notice_period,
        rollPeriod: convening.rules.roll_period,
        paperPeriod: convening.rules.paper_period,
        objectionPeriod: convening.rules.objection_period,
      },
    },
    texts: convening.motions,
    notice: { title: meeting.title, text: meeting.notice },
  }
}

/** A receipt as the phone checks it. */
export function receiptClaim(receipt: Receipt): SignedReceipt {
  return {
    meeting: receipt.meeting,
    voter: receipt.voter,
    ballotHash: receipt.ballot_hash,
    sequence: receipt.sequence,
    receivedAt: receipt.received_at,
    operator: receipt.operator,
    signature: receipt.signature,
  }
}
