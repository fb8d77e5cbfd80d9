/** Who did what: the calls a transaction made to a contract, and on whose behalf. */
import type { Address, Hex } from 'viem'
import { BOUND_NAMES, type Community } from './community'
import { readable } from './hex'
import type { RawLog } from './logs'
import { callOf, functionOf, type ContractName } from './release'

/** A call of a contract of the community, direct or carried by the forwarder. */
export interface Act {
  by: string
  input: Hex
}
export interface Acts {
  acts: Act[]
  /** Another contract may have stood in between, and what it called cannot be read from the transaction. */
  hidden: boolean
}
interface Request {
  from: Address
  to: Address
  data: Hex
}

/** What the transaction of a log called its contract with, one act a request. */
export function actsOf({ transactions, links, registry }: Community, log: RawLog): Acts {
  const carrier = transactions.get(log.transaction)
  if (!carrier) return { acts: [], hidden: false }
  const { from, to, input } = carrier
  if (to === log.address) return { acts: [{ by: from, input }], hidden: false }
  if (to === '' || to !== links.forwarder) return { acts: [], hidden: true }
  const requests = requestsOf(input)
  const own: unknown[] = [registry, ...BOUND_NAMES.map((name) => links[name])]
  return {
    acts: requests
      .filter((request) => request.to === log.address)
      .map((request) => ({ by: request.from, input: request.data })),
    hidden: requests.some((request) => !own.includes(request.to)),
  }
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
export function callsTo({ acts }: Acts, contract: ContractName, name: string): Act[] {
  const { selector } = functionOf(contract, name)
  return acts.filter(({ input }) => input.startsWith(selector))
}

/** The arguments of acts that call one function, as far as they can be read. */
export function argumentsOf<T>({ acts }: Acts, contract: ContractName, name: string): T[] {
  return acts
    .map(({ input }) => readable(() => callOf<T>(contract, name, input)))
    .filter((one) => one !== undefined)
}
