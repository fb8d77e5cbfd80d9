/** roles.separation: offices change hands by two parties, and every act of an office was by its holder. */
import { keccak256, stringToHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { actsOf, callsTo } from '../acts'
import { eventsOf, type Community } from '../community'
import type { EventName, Events } from '../events'
import type { Findings } from '../findings'
import { is, place, type Log } from '../logs'

const ID = 'roles.separation'
const OPERATOR = keccak256(stringToHex('OPERATOR'))
const COMMITTEE = keccak256(stringToHex('COMMITTEE'))
const SUPERVISOR = keccak256(stringToHex('SUPERVISOR'))
const ROLES: Hex[] = [OPERATOR, COMMITTEE, SUPERVISOR]

/** Which call makes an event, whose office it is, and the account the event names. */
interface Office<N extends EventName> {
  call: string
  roles: Hex[]
  named?: (args: Events[N]) => Address
}
const OFFICES: { [N in EventName]?: Office<N> } = {
  OwnerRegistered: { call: 'register', roles: [OPERATOR] },
  RegistrationSkipped: { call: 'register', roles: [OPERATOR] },
  KeyChangeRequested: { call: 'requestKeyChange', roles: [OPERATOR] },
  KeyChangeApproved: { call: 'approveKeyChange', roles: [SUPERVISOR] },
  KeyChangeCancelled: { call: 'cancelKeyChange', roles: [OPERATOR, SUPERVISOR] },
  RoleProposed: { call: 'proposeRole', roles: [COMMITTEE, SUPERVISOR], named: ({ by }) => by },
  MeetingConvened: { call: 'convene', roles: [COMMITTEE], named: ({ convener }) => convener },
  ConsentGiven: { call: 'consent', roles: [SUPERVISOR], named: ({ by }) => by },
  RollPublished: { call: 'publishRoll', roles: [COMMITTEE] },
  RollSealed: { call: 'sealRoll', roles: [SUPERVISOR], named: ({ by }) => by },
  MeetingExtended: { call: 'extend', roles: [COMMITTEE], named: ({ by }) => by },
  ObjectionAnswered: { call: 'answerObjection', roles: [SUPERVISOR], named: ({ by }) => by },
  MeetingVoided: { call: 'voidMeeting', roles: [SUPERVISOR], named: ({ by }) => by },
  Anchored: { call: 'anchor', roles: ROLES, named: ({ by }) => by },
  TrusteesProposed: { call: 'proposeTrustees', roles: [COMMITTEE] },
  TrusteesConfirmed: { call: 'confirmTrustees', roles: [SUPERVISOR], named: ({ by }) => by },
}

export function checkRoles(community: Community, findings: Findings): void {
  const offices = new Offices(community, findings)
  let [acts, unseen] = [0, 0]
  for (const log of community.logs) {
    offices.follow(log)
    const office = OFFICES[log.name] as Office<typeof log.name> | undefined
    if (!office) continue
    acts += 1
    const { by, hidden } = actors(community, log, office)
    const held = by.some((account) => office.roles.includes(offices.roleOf(account) ?? '0x'))
    if (!held && hidden && !office.named) unseen += 1
    else {
      const values = { event: log.name, where: place(log), account: by[0] ?? '?' }
      findings.require(held, ID, 'notInOffice', values)
    }
  }
  findings.saw(ID, 'offices', { acts, unseen, accounts: offices.count })
}

/** Accounts an act may have come from: those of the transaction, and of these the one the event names. */
function actors(community: Community, log: Log, { call, named }: Office<Log['name']>) {
  const acts = actsOf(community, log)
  const by = callsTo(acts, log.contract, call).map((act) => act.by)
  const name: string | undefined = named?.(log.args)
  if (name === undefined) return { by, hidden: acts.hidden }
  return { by: acts.hidden ? [name] : by.filter((account) => account === name), hidden: acts.hidden }
}

/** Who holds which role, as the events go on. */
class Offices {
  private readonly roles = new Map<string, Hex>()
  private readonly proposals = new Map<string, Address>()
  private readonly first: Map<Hex, Address>

  constructor(
    private readonly community: Community,
    private readonly findings: Findings,
  ) {
    const created = eventsOf(community.logs, 'CommunityCreated').find(
      ({ args }) => args.registry === community.registry,
    )?.args
    this.first = new Map(
      created && [
        [OPERATOR, created.operator],
        [COMMITTEE, created.committee],
        [SUPERVISOR, created.supervisor],
      ],
    )
  }

  roleOf(account: string): Hex | undefined {
    return this.roles.get(account)
  }

  get count(): number {
    return this.roles.size
  }

  follow(log: Log): void {
    if (is(log, 'RoleProposed')) this.proposals.set(key(log.args), log.args.by)
    else if (is(log, 'RoleGranted')) this.change(log, true)
    else if (is(log, 'RoleRevoked')) this.change(log, false)
  }

  private change(log: Log<'RoleGranted'> | Log<'RoleRevoked'>, grant: boolean): void {
    const { role, account, sender } = log.args
    const where = { where: place(log), account }
    this.findings.require(ROLES.includes(role), ID, 'unknownRole', where)
    const held = this.roles.get(account)
    if (grant) this.findings.require(held === undefined, ID, 'secondRole', where)
    else this.findings.require(held === role, ID, 'roleNotHeld', where)
    if (!this.isFirst(log, grant)) this.requireTwoParties(log, grant, sender)
    if (grant) this.roles.set(account, role)
    else this.roles.delete(account)
  }

  /** The first holder of each role, granted by the factory when it made the registry. */
  private isFirst({ args, transaction }: Log<'RoleGranted'> | Log<'RoleRevoked'>, grant: boolean): boolean {
    const created = eventsOf(this.community.logs, 'CommunityCreated').some(
      (log) => log.transaction === transaction && log.args.registry === this.community.registry,
    )
    return grant && created && this.first.get(args.role) === args.account
  }

  private requireTwoParties(log: Log, grant: boolean, sender: Address): void {
    const { role, account } = log.args as Events['RoleGranted']
    const proposer = this.proposals.get(key({ role, account, grant }))
    this.proposals.delete(key({ role, account, grant }))
    const sides = [proposer && this.roles.get(proposer), this.roles.get(sender)]
    const both = sides.includes(COMMITTEE) && sides.includes(SUPERVISOR)
    const { by } = actors(this.community, log, { call: 'confirmRole', roles: [], named: () => sender })
    this.findings.require(both && by.length > 0, ID, 'roleByOneSide', { where: place(log), account })
  }
}

const key = ({ role, account, grant }: { role: Hex; account: Address; grant: boolean }) =>
  `${role} ${account} ${grant}`
