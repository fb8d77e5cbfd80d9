/** The recount before a decryption: the whole audit of the meeting, and this trustee's own sums, keys and stages. */
import type { Address, Hex } from 'viem'
import { eventsOf } from '@/verifier/community'
import { readable, asAddress } from '@/verifier/hex'
import type { Meeting } from '@/verifier/meeting'
import type { Ask } from '@/verifier/rpc'
import { ceremonyOf, type Ceremony } from '@/verifier/secret/ceremony'
import { adoptedIn } from '@/verifier/secret/form'
import type { SecretTally } from '@/verifier/secret/recount'
import { examine, type Examined, type Wishes } from '@/verifier/verify'
import { words } from '@/wsb/hashing'
import { sealHash } from '@/wsb/tally'
import type { Seed } from '../chain/derive'
import { ownKeys, type ShareSecrets } from './chainBoard'
import type { Facts, Stage, Sum } from './facts'
import type { Seat } from './judge'

/** Whose recount it is. */
export interface Asker {
  registry: string
  seat: Seat
  account: Address
  seed: Seed
}

/** What a worker keeps of a recount: the facts go to the page, the rest makes shares. */
export interface Recount {
  facts: Facts
  tally: SecretTally | undefined
  secrets: [bigint, bigint] | undefined
}

/** Read everything and recount. Rejects only when the node does not answer at all, or when `progress` throws. */
export async function recountFor(node: Ask, asker: Asker, wishes: Wishes = {}): Promise<Recount> {
  const { registry, seat, account, seed } = asker
  const examined = await examine(node, registry, { ...wishes, meeting: seat.meeting })
  const { community, recounted } = examined
  const found = recounted.find(({ meeting }) => meeting.id === BigInt(seat.meeting))
  const tally = found && 'opened' in found.tally ? found.tally : undefined
  const ceremony = found && ceremonyOf(community, found.meeting)
  const nobody: ShareSecrets = { standing: 'absent', trustee: 0, secrets: undefined }
  const own = found ? ownKeys(community, found.meeting, ceremony, seed, account) : nobody
  const result = found?.result
  const facts: Facts = {
    ...placeOf(examined, seat, found?.meeting),
    checks: examined.report.checks,
    ...{ run: ceremony?.run.run ?? 0, trustee: own.trustee, keys: own.standing },
    threshold: ceremony?.trustees.threshold ?? 0,
    trustees: ceremony?.trustees.accounts.length ?? 0,
    ...(found && tally ? sealOf(found.meeting, tally) : { context: null, sealHash: null }),
    isVoid: result?.void ?? false,
    ballots: result?.ballots.counted ?? 0,
    total: result?.total ?? { area: 0, heads: 0 },
    largest: Number(found?.roll.largest ?? 0n),
    part: result?.part ?? { area: 0, heads: 0 },
    quorum: result?.quorum ?? false,
    stages: found && tally ? stagesOf(found.meeting, tally, ceremony) : [],
  }
  return { facts, tally, secrets: own.secrets }
}

function placeOf({ community, holders }: Examined, { meeting }: Seat, found: Meeting | undefined) {
  const { chain, registry, links } = community
  return {
    ...{ chainId: Number(chain.id), block: community.last, registry },
    ...{ board: links.trusteeBoard ?? null, secretMeeting: links.secretMeeting ?? null },
    holder: readable(() => asAddress(String(holders?.[meeting - 1]))) ?? null,
    isSecret: found?.contract === 'SecretMeeting' && !found.strays.length,
  }
}

/** The context that was adopted, and the seal recomputed if there is one. */
function sealOf(meeting: Meeting, { part, opened }: SecretTally) {
  const context = adoptedIn(meeting)?.args.context ?? null
  const sealed = context !== null && eventsOf(meeting.logs, 'BallotsSealed').length > 0
  const figures = { area: Number(part.area), heads: part.heads }
  return { context, sealHash: sealed ? sealHash(context, figures, opened.rounding, opened.sums) : null }
}

/** Stage 0, and stage 1 once everything of stage 0 is open and leaves a motion undecided. */
function stagesOf(meeting: Meeting, { opened }: SecretTally, ceremony: Ceremony | undefined): Stage[] {
  const stage = (number: 0 | 1): Stage => ({
    stage: number,
    sums: opened.aggregates(number).map((one): Sum => {
      const a: Hex = `0x${words(opened.pair(one)[0])}`
      return { ...one, a, value: opened.value(one) ?? null }
    }),
    posted: (ceremony?.trustees.accounts ?? []).map((_, at) => sharesBy(meeting, number, at + 1)),
  })
  const first = stage(0)
  if (first.sums.some(({ value }) => value === null)) return [first]
  const second = stage(1)
  return second.sums.length ? [first, second] : [first]
}

const sharesBy = (meeting: Meeting, stage: number, trustee: number): number =>
  eventsOf(meeting.board, 'SharesPosted')
    .filter(({ args }) => args.stage === stage && args.trustee === trustee)
    .reduce((count, { args }) => count + Math.floor(args.words.length / 4), 0)
