/** Looks at the code of a community's contracts, and at what they are cloned from. */
import type { Address, Hex } from 'viem'
import { factoryAbi } from '@/chain/abi/factory'
import { releaseCode } from '@/chain/abi/release'
import { cloneTarget, expectedWords, filledIn, isCodeOf, type CodeVerdict, type ContractName } from './code'
import type { Community, Explorer } from './explorer'

export interface CodeFinding {
  name: ContractName
  address: Address
  /** Where the code is that a clone runs; `null` for what is no clone. */
  target: Address | null
  verdict: CodeVerdict
  /** Compared bytes, places left out because the constructor fills them, and values there that it would not fill in. */
  bytes: number
  places: number
  strange: Hex[]
}

/** One finding for each of the seven contracts. */
export async function readCode(explorer: Explorer, community: Community): Promise<CodeFinding[]> {
  const { chainId, factory, forwarder } = await explorer.system()
  const { reader } = explorer
  const views = [
    ...(['registryImplementation', 'openMeetingImplementation', 'secretMeetingImplementation'] as const),
    ...(['trusteeBoardImplementation', 'notaryImplementation'] as const),
  ] as const
  const named = await Promise.all(views.map((view) => reader.view(factory, factoryAbi, view, [])))

  const look = async (name: ContractName, address: Address, cloned: Address | null): Promise<CodeFinding> => {
    const { bytes, immutables } = releaseCode[name]
    const own = await reader.code(address)
    const target = cloned && cloneTarget(own)
    const found = { name, address, target, bytes, places: immutables.length, strange: [] as Hex[] }
    if (own === '0x') return { ...found, verdict: 'none' }
    // A clone of anything but the factory's implementation is another contract, whatever its code says.
    if (cloned && target !== cloned.toLowerCase()) return { ...found, verdict: 'different' }
    const code = target ? await reader.code(target) : own
    if (!isCodeOf(name, code)) return { ...found, verdict: 'different' }
    const place = { address: target ?? address, chainId, forwarder, clonedFrom: named }
    const expected = expectedWords(name, place).map((word) => word.toLowerCase())
    const strange = filledIn(name, code).filter((word) => !expected.includes(word))
    return { ...found, strange, verdict: strange.length ? 'strangeValues' : 'same' }
  }

  return Promise.all([
    look('OwnerRegistry', community.registry, named[0]!),
    look('OpenMeeting', community.openMeeting, named[1]!),
    look('SecretMeeting', community.secretMeeting, named[2]!),
    look('TrusteeBoard', community.trusteeBoard, named[3]!),
    look('Notary', community.notary, named[4]!),
    look('CommunityFactory', factory, null),
    look('ERC2771Forwarder', forwarder, null),
  ])
}
