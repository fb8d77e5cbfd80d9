/** meeting.convene-hash: what was frozen is what was consented to. */
import { encodeAbiParameters, keccak256, parseAbiParameters } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { actsOf, argumentsOf } from '../acts'
import { eventsOf, type Community } from '../community'
import type { Convening } from '../events'
import type { Findings } from '../findings'
import { conveneHashOf, named, type Meeting } from '../meeting'

const ID = 'meeting.convene-hash'
const FROZEN = parseAbiParameters([
  'uint256 chainId, address contract, uint256 meeting, Convening convening',
  'struct Motion { uint8 matter; uint8 group; uint8 cap; bytes32 textHash; }',
  'struct Rules { bytes32 rulesHash; uint32 noticePeriod; uint32 rollPeriod; uint32 paperPeriod; uint32 objectionPeriod; }',
  'struct Convening { bytes32 scopeHash; Motion[] motions; bytes32[] documents; uint64 opensAt; uint64 closesAt; Rules rules; }',
])

/** Hash of everything frozen when a meeting is convened. */
export const conveneHash = (chain: bigint, contract: Address, meeting: bigint, convening: Convening): Hex =>
  keccak256(encodeAbiParameters(FROZEN, [chain, contract, meeting, convening]))

/** Check one meeting; give how many consents could be read. */
export function checkConvening(community: Community, meeting: Meeting, findings: Findings): number {
  const { chain } = community
  const { id, convening, summary } = meeting
  if (!findings.require(meeting.convened !== undefined, ID, 'neverConvened', named(meeting))) return 0
  const said = conveneHashOf(meeting)
  const hash = conveneHash(chain.id, meeting.address, id, convening)
  findings.require(hash === said, ID, 'hashDiffers', named(meeting))
  findings.require(summary?.conveneHash === said, ID, 'hashAnsweredDiffers', named(meeting))
  convening.motions.forEach((motion, at) => {
    const answered = meeting.motions[at]
    const same =
      answered !== undefined &&
      (['matter', 'group', 'cap', 'textHash'] as const).every((field) => answered[field] === motion[field])
    findings.require(same, ID, 'motionAnsweredDiffers', { ...named(meeting), motion: at + 1 })
  })
  let read = 0
  for (const log of eventsOf(meeting.logs, 'ConsentGiven')) {
    const acts = actsOf(community, log)
    const consents = argumentsOf<{ meeting: bigint; conveneHash: Hex }>(acts, meeting.contract, 'consent')
    const fits = consents.some((one) => one.meeting === id && one.conveneHash === said)
    if (!consents.length && acts.hidden) continue
    read += 1
    findings.require(fits, ID, 'consentToOther', named(meeting))
  }
  return read
}
