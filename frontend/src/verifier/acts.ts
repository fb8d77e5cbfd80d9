/** Who did what: the calls a transaction made to a contract, and on whose behalf. */
import type { Address, Hex } from 'viem'
import type { Community } from './community'
import { readable } from './hex'
import type { RawLog } from './logs'
import { callOf, functionOf, type ContractName } from './release'

/** A call of a contract of the community, direct or carried by the forwarder. */
export interface Act {
  by: Address
  input: Hex
}
interface Request {
  from: Address
  to: Address
  data: Hex
}

/**
 * What the transaction of a log called its contract with, one act a request.
 *
 * `undefined`: it went to another contract, and what that one did cannot be read from the transaction.
 */
export function actsOf(community: Community, log: RawLog): Act[] | undefined {
  const carrier = community.transactions.get(log.transaction)
  if (!carrier) throw new Error(`the transaction of ${log.block}/${log.index} cannot be read`)
  const { from, to, input } = carrier
  if (to === log.address) return [{ by: from, input }]
  if (!to || to !== community.links.forwarder) return undefined
  return requestsOf(input)
    .filter((request) => request.to === log.address)
    .map((request) => ({ by: request.from, input: request.data }))
}

function requestsOf(input: Hex): Request[] {
  const name = 'ERC2771Forwarder'
  const found = readable(() => {
    const one = callOf<{ request: Request }>(name, 'execute', input)
    if (one) return [one.request]
    return callOf<{ requests: Request[] }>(name, 'executeBatch', input)?.requests
  })
  return found ?? []
}

/** Those acts that call one function. */
export function callsTo(acts: Act[], contract: ContractName, name: string): Act[] {
  const { selector } = functionOf(contract, name)
  return acts.filter(({ input }) => input.startsWith(selector))
}

/** The arguments of acts that call one function, as far as they can be read. */
export function argumentsOf<T>(acts: Act[], contract: ContractName, name: string): T[] {
  return acts
    .map(({ input }) => readable(() => callOf<T>(contract, name, input)))
    .filter((one) => one !== undefined)
}
