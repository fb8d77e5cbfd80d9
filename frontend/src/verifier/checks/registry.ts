/** registry.*: what the registry's events say about keys, followed one by one. */
import type { Address } from 'viem'
import { eventsOf, timeOf, type Community } from '../community'
import type { Findings } from '../findings'
import { Keys } from '../keys'
import { is, place, type Log } from '../logs'
import { compact, digestOf, domainSeparator, type Signed } from '../signatures'

const CHANGE = 'registry.key-change'
const WAIT = 48n * 3600n

/** A change of key under way. */
export interface Pending {
  newKey: Address
  effectiveAt: bigint
}
export interface RegistryHistory {
  keys: Keys
  pending: Map<number, Pending>
}
/** A proof of possession, with the account that should have signed it. */
export interface Proof {
  signed: Signed
  key: Address
  log: Log
}
type Possessed = Log<'OwnerRegistered'> | Log<'KeyChangeRequested'>

/** The proofs that registrations and requests brought. */
export function possessions({
  logs,
  chain,
  registry,
}: Community): { signed: Signed; key: Address; log: Log }[] {
  const domain = domainSeparator('Wanjia OwnerRegistry', chain.id, registry)
  const proofs: Possessed[] = [...eventsOf(logs, 'OwnerRegistered'), ...eventsOf(logs, 'KeyChangeRequested')]
  return proofs.map((log) => {
    const { voter, evidence, r, vs } = log.args
    const key = 'key' in log.args ? log.args.key : log.args.newKey
    return { signed: compact(digestOf(domain, 'Possession', [voter, key, evidence]), r, vs), key, log }
  })
}

export function checkPossession(proofs: Proof[], signers: (Address | undefined)[], findings: Findings): void {
  proofs.forEach(({ key, log }, at) => {
    findings.require(signers[at] === key, 'registry.possession', 'notPossessed', { where: place(log) })
  })
  findings.saw('registry.possession', 'possessions', { count: proofs.length })
}

/** Follow registrations and changes of keys; give what should be in force at the end. */
export function followRegistry(community: Community, findings: Findings): RegistryHistory {
  const keys = new Keys()
  const pending = new Map<number, Pending>()
  const holders = new Map<Address, number>()
  let changes = 0
  for (const log of community.logs) {
    if (is(log, 'OwnerRegistered')) {
      const { voter, key } = log.args
      const where = { voter, where: place(log) }
      const free = voter !== 0 && keys.of(voter) === undefined
      findings.require(free, CHANGE, 'registeredAgain', where)
      put(voter, key, log)
    } else if (is(log, 'KeyChanged')) {
      changes += 1
      findings.make([CHANGE], () => finish(community, log, keys, pending, findings))
      put(log.args.voter, log.args.newKey, log)
    } else findings.make([CHANGE], () => step(community, log, keys, pending, findings))
  }
  const count = { owners: keys.voters.length, keys: holders.size }
  findings.saw('registry.unique-key', 'uniqueKeys', count)
  findings.saw(CHANGE, 'keyChanges', { changes, pending: pending.size })
  return { keys, pending }

  function put(voter: number, key: Address, log: Log): void {
    const other = holders.get(key)
    const alone = other === undefined || other === voter
    findings.require(alone, 'registry.unique-key', 'keyOfTwo', { key, where: place(log) })
    const before = keys.of(voter)
    if (before && holders.get(before) === voter) holders.delete(before)
    holders.set(key, voter)
    keys.set(voter, key, log.order)
  }
}

/** A request, an approval, a veto or a withdrawal. */
function step(
  community: Community,
  log: Log,
  keys: Keys,
  pending: Map<number, Pending>,
  findings: Findings,
): void {
  if (is(log, 'KeyChangeRequested')) {
    const { voter, newKey } = log.args
    const before = keys.of(voter)
    const possible = before !== undefined && before !== newKey && !pending.has(voter)
    findings.require(possible, CHANGE, 'changeNotPossible', { voter, where: place(log) })
    pending.set(voter, { newKey, effectiveAt: 0n })
  } else if (is(log, 'KeyChangeApproved')) {
    const { voter, newKey, effectiveAt } = log.args
    const change = pending.get(voter)
    const fits = change?.newKey === newKey && change.effectiveAt === 0n
    const waits = effectiveAt === timeOf(community, log) + WAIT
    findings.require(fits && waits, CHANGE, 'approvalUnfit', { voter, where: place(log) })
    if (change) change.effectiveAt = effectiveAt
  } else if (is(log, 'KeyChangeVetoed') || is(log, 'KeyChangeCancelled')) {
    const { voter, newKey } = log.args
    const fits = pending.get(voter)?.newKey === newKey
    findings.require(fits, CHANGE, 'nothingToStop', { voter, where: place(log) })
    pending.delete(voter)
  }
}

function finish(
  community: Community,
  log: Log<'KeyChanged'>,
  keys: Keys,
  pending: Map<number, Pending>,
  findings: Findings,
): void {
  const { voter, oldKey, newKey } = log.args
  const change = pending.get(voter)
  const due =
    change !== undefined &&
    change.newKey === newKey &&
    change.effectiveAt !== 0n &&
    timeOf(community, log) >= change.effectiveAt
  findings.require(due && keys.of(voter) === oldKey, CHANGE, 'changeNotDue', { voter, where: place(log) })
  pending.delete(voter)
}
