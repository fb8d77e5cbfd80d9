/** Checks, on a device that has nothing to do with the phone, what a ballot holds that the phone opened. */
import type { Hex } from 'viem'
import type { Api } from '@/api/api'
import { meetingClaim, placeOf } from '@/api/claims'
import { Problem } from '@/api/problem'
import type { Meeting } from '@/api/types'
import { ballotHash, type SecretPlace } from '@/wsb/ballot'
import { faultsOf } from '@/wsb/checking'
import { isCountersigned } from '@/wsb/code'
import { choicesHeld, shortCode } from '@/wsb/opening'
import type { Choice } from './choices'
import { fingerprintOf } from './receiptCode'
import { checkedForm } from './secretForm'
import type { PortableOpening } from './openedCode'
import type { Trust } from './trust'

/**
 * `agrees`: the ballot of the code holds what the phone said; `differs`: it holds something else; `faulty`: its proofs
 * do not hold, so it would have been refused; `other`: what the phone opened is not the ballot of the code; `notOpened`:
 * it opened none; `forged`: the operator never countersigned this code; `elsewhere`: no such secret meeting.
 */
export type Finding = 'agrees' | 'differs' | 'faulty' | 'other' | 'notOpened' | 'forged' | 'elsewhere'

/** `held`: what the ballot would have counted as; missing where its secret does not open it. */
export interface OpenedMotion {
  title: string
  said: Choice
  held?: Choice
}

export interface CheckedOpening {
  finding: Finding
  community: string
  meeting: string
  code: string
  /** Code of the keys it was encrypted to, as this device has them; nothing where the meeting has none. */
  keysCode?: string
  shownAt: number
  /** Empty where there is nothing to open. */
  motions: OpenedMotion[]
}

/**
 * Check an opening. Throws `Distrust` where this device knows community or meeting otherwise or they contradict
 * themselves, `Problem` and `Unreachable` as the server's answers come.
 */
export async function checkOpening(
  api: Pick<Api, 'community' | 'meeting' | 'openedBallot'>,
  trust: Pick<Trust, 'checkMeeting' | 'checkKeys'>,
  opening: PortableOpening,
): Promise<CheckedOpening> {
  const [community, meeting] = await Promise.all([
    api.community(opening.community),
    api.meeting(opening.community, opening.meeting),
  ])
  await trust.checkMeeting(opening.community, meetingClaim(community, meeting))
  const form = checkedForm(meeting)
  const found = (finding: Finding, motions: OpenedMotion[] = []): CheckedOpening => ({
    finding,
    community: community.name,
    meeting: meeting.title,
    code: shortCode(opening.ballotHash),
    shownAt: opening.shownAt,
    motions,
    ...(form && { keysCode: fingerprintOf(form.context) }),
  })
  if (!form || form.motions.length !== opening.motions.length) return found('elsewhere')
  await trust.checkKeys(opening.community, opening.meeting, form.context)
  const place: SecretPlace = { chainId: meeting.chain.chain_id, secretMeeting: meeting.chain.contract }
  const { operator } = placeOf(community)
  if (!(await isCountersigned(operator, place, opening, opening.signature))) return found('forged')
  const body = await openedBody(api, opening)
  if (!body) return found('notOpened')
  if (ballotHash(form.context, body) !== opening.ballotHash) return found('other')
  const held = choicesHeld(form, { body, motions: opening.motions })
  const motions = motionsOf(meeting, opening, held)
  if (motions.some(({ said, held }) => said !== held)) return found('differs', motions)
  const [fault] = faultsOf(form, opening.voter, body)
  return found(fault ? 'faulty' : 'agrees', motions)
}

const motionsOf = (
  meeting: Meeting,
  { motions }: PortableOpening,
  held: (Choice | undefined)[],
): OpenedMotion[] =>
  meeting.convening.motions.map(({ title }, at) => ({
    title,
    said: motions[at]!.choice,
    held: held[at],
  }))

/** The body as the phone gave it to the server; nothing where it gave none. */
async function openedBody(
  api: Pick<Api, 'openedBallot'>,
  { community, meeting, ballotHash }: PortableOpening,
): Promise<Hex | undefined> {
  try {
    return (await api.openedBallot(community, meeting, ballotHash)).body
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return undefined
    throw error
  }
}
