/** contracts.links and contracts.code: the contracts name each other, and are those of this release. */
import { concat, keccak256, stringToHex } from 'viem/utils'
import type { Address, Hex } from 'viem'
import { implementationOf } from '../clone'
import { BOUND, BOUND_NAMES, eventsOf, type Community } from '../community'
import type { Findings } from '../findings'
import { asData, readable } from '../hex'
import { place } from '../logs'
import { codeOf, functionOf, type ContractName } from '../release'
import { domainSeparator, word } from '../signatures'

const LINKS = 'contracts.links'
const CODE = 'contracts.code'
const DOMAINS: Partial<Record<ContractName, string>> = {
  OwnerRegistry: 'Wanjia OwnerRegistry',
  OpenMeeting: 'Wanjia OpenMeeting',
  SecretMeeting: 'Wanjia SecretMeeting',
  ERC2771Forwarder: 'Wanjia Forwarder',
}

export function checkLinks(community: Community, findings: Findings): void {
  const { registry, links, logs, transactions } = community
  const { factory } = links
  for (const name of [...BOUND_NAMES, 'factory', 'forwarder'] as const)
    findings.require(links[name] !== undefined, LINKS, 'linkMissing', { name })
  for (const name of BOUND_NAMES)
    findings.require(links.registries[name] === registry, LINKS, 'linkBackDiffers', { name })
  const made = eventsOf(logs, 'CommunityCreated').filter(({ args }) => args.registry === registry)
  if (!findings.require(made.length === 1, LINKS, 'notMadeOnce', { count: made.length })) return
  const { args, transaction } = made[0]!
  const agrees = BOUND_NAMES.every((name) => args[name] === links[name]) && args.community === links.community
  findings.require(agrees, LINKS, 'madeOtherwise')
  const carrier = transactions.get(transaction)
  const called =
    carrier?.to === factory &&
    carrier?.input.startsWith(functionOf('CommunityFactory', 'createCommunity').selector)
  findings.require(called === true, LINKS, 'notMadeByCall')
  findings.saw(LINKS, 'links', {
    ...{ registry, meeting: links.openMeeting ?? '', secret: links.secretMeeting ?? '' },
    ...{ board: links.trusteeBoard ?? '', notary: links.notary ?? '', factory: factory ?? '' },
  })
}

export function checkCode(community: Community, findings: Findings): void {
  const { registry, links, codes, foreign } = community
  const clones: [ContractName, Address | undefined][] = [
    ['OwnerRegistry', registry],
    ...BOUND_NAMES.map((name): [ContractName, Address | undefined] => [BOUND[name], links[name]]),
  ]
  const behind: Partial<Record<string, Address>> = {}
  for (const [name, address] of clones) {
    behind[name] = address && implementationOf(codes.get(address))
    findings.require(behind[name] !== undefined, CODE, 'noClone', { name })
  }
  const whole: [ContractName, Address | undefined][] = [
    ...clones.map(([name]): [ContractName, Address | undefined] => [name, behind[name]]),
    ['CommunityFactory', links.factory],
    ['ERC2771Forwarder', links.forwarder],
  ]
  let matching = 0
  for (const [name, address] of whole) {
    const filled = address && filledIn(name, address, behind, community)
    if (address && filled && isReleased(name, codes.get(address), filled)) matching += 1
    else findings.fault(CODE, 'otherCode', { name, address: address ?? '' })
  }
  for (const log of foreign) findings.fault(CODE, 'foreignEvent', { where: place(log) })
  findings.saw(CODE, 'code', { matching, count: whole.length })
}

/** What the constructor of a contract at this address wrote into its code. */
function filledIn(
  name: ContractName,
  self: Address,
  behind: Partial<Record<string, Address>>,
  { chain, links }: Community,
): Record<string, Hex> {
  const asWord = (address: Address | undefined) => word(BigInt(address ?? '0x0'))
  const filled: Record<string, Hex> = { forwarder: asWord(links.forwarder) }
  for (const [contract, address] of Object.entries(behind)) filled[contract] = asWord(address)
  const domain = DOMAINS[name]
  if (!domain) return filled
  return {
    ...filled,
    domainSeparator: domainSeparator(domain, chain.id, self),
    chainId: word(chain.id),
    self: asWord(self),
    hashedName: keccak256(stringToHex(domain)),
    hashedVersion: keccak256(stringToHex('1')),
    name: shortString(domain),
    version: shortString('1'),
  }
}

/** A short string as OpenZeppelin keeps it: its bytes, and its length in the last one. */
function shortString(text: string): Hex {
  return concat([stringToHex(text, { size: 31 }), `0x${text.length.toString(16).padStart(2, '0')}`])
}

/** Tell whether code is the release's, with exactly these values filled in. */
export function isReleased(name: ContractName, code: unknown, filled: Record<string, Hex>): boolean {
  const { bytes, keccak, immutables } = codeOf(name)
  let rest = readable(() => asData(code)) ?? '0x'
  if (rest.length !== 2 + 2 * bytes) return false
  for (const [what, places] of Object.entries(immutables)) {
    for (const start of places) {
      const [from, to] = [2 + 2 * start, 66 + 2 * start]
      if (`0x${rest.slice(from, to)}` !== filled[what]) return false
      rest = `${rest.slice(0, from)}${'0'.repeat(64)}${rest.slice(to)}` as Hex
    }
  }
  return keccak256(rest) === keccak
}
