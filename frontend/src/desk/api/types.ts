/** What the server says to staff: its own OpenAPI types with the closed sets spelled out. */
import type { Address, Hex } from 'viem'
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Role = 'operator' | 'committee' | 'supervisor' | 'clerk'
/** Who is logged in; the operator has no community. */
export type Staff = Omit<Schemas['StaffAnswer'], 'role' | 'address'> & { role: Role; address: Address | null }
export type LoginForm = Schemas['LoginBody']

/** A contract call to sign. */
export interface Call {
  to: Address
  data: Hex
}
/** A request as the forwarder takes it; `deadline` in UTC seconds. */
export type ForwardRequest = Omit<Schemas['RequestShape'], 'from' | 'to' | 'data'> & Call & { from: Address }
export interface PreparedAct {
  request: ForwardRequest
  digest: Hex
}
export type ActProgress = Omit<Schemas['ActStateAnswer'], 'state' | 'transaction'> & {
  state: 'queued' | 'submitted' | 'done' | 'refused'
  transaction: Hex | null
}
