/** chain.continuity: blocks follow one another, and every log lies where it says. */
import type { Community } from '../community'
import type { Findings } from '../findings'
import { place, type RawLog } from '../logs'

const ID = 'chain.continuity'

export function checkContinuity(community: Community, findings: Findings): void {
  const links = checkBlocks(community, findings)
  const logs = [...community.logs, ...community.foreign]
  findings.require(community.unreadable === 0, ID, 'logsUnreadable', { count: community.unreadable })
  for (const log of logs) checkLog(log, community, findings)
  const places = new Set(logs.map(place))
  findings.require(places.size === logs.length, ID, 'logsAtOnePlace')
  const { first, last, chain, blocks } = community
  findings.saw(ID, 'continuity', {
    ...{ chain: `${chain.id}`, first, last },
    ...{ blocks: blocks.size, links, logs: logs.length },
  })
}

function checkBlocks({ blocks }: Community, findings: Findings): number {
  let links = 0
  let before: number | undefined
  for (const [number, block] of blocks) {
    if (!findings.require(block !== undefined, ID, 'blockUnreadable', { block: number })) continue
    findings.require(block!.number === number, ID, 'otherBlock', { block: number })
    const parent = before === undefined ? undefined : blocks.get(before)
    if (parent) {
      findings.require(block!.time >= parent.time, ID, 'timeTurnsBack', { block: number })
      if (before === number - 1) {
        links += 1
        findings.require(block!.parent === parent.hash, ID, 'parentDiffers', { block: number })
      }
    }
    before = number
  }
  return links
}

function checkLog(log: RawLog, { blocks, transactions }: Community, findings: Findings): void {
  const where = { where: place(log) }
  const block = blocks.get(log.block)
  const transaction = transactions.get(log.transaction)
  if (block) {
    findings.require(block.hash === log.blockHash, ID, 'logInOtherBlock', where)
    findings.require(block.transactions.has(log.transaction), ID, 'logWithoutTransaction', where)
  }
  if (findings.require(transaction !== undefined, ID, 'transactionUnreadable', where))
    findings.require(
      transaction!.hash === log.transaction &&
        transaction!.block === log.block &&
        transaction!.blockHash === log.blockHash,
      ID,
      'transactionElsewhere',
      where,
    )
}
