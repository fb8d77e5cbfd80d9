/** Wires the parts once, and hands them to pages. */
import { inject, type InjectionKey } from 'vue'
import { Api } from '@/api/api'
import { Http, type Language } from '@/api/http'
import { BallotFates } from '@/chain/fates'
import { KeyStore } from '@/chain/keyStore'
import { NextKeys } from '@/chain/nextKey'
import { BallotOutbox } from '@/chain/outbox'
import { Trust } from '@/chain/trust'
import type { Shelves } from '@/store/shelf'

export interface Services {
  api: Api
  http: Http
  /** What was decided about secret ballots: cast or opened. */
  fates: BallotFates
  keys: KeyStore
  /** Keys that wait for a change to be done. */
  nextKeys: NextKeys
  outbox: BallotOutbox
  shelves: Shelves
  trust: Trust
}

export const SERVICES: InjectionKey<Services> = Symbol('services')

/** Build everything a page needs over the phone's shelves. */
export function createServices(shelves: Shelves, language: Language): Services {
  const http = new Http(language)
  const api = new Api(http)
  const trust = new Trust(shelves)
  const outbox = new BallotOutbox(shelves, api, trust)
  const keys = new KeyStore(shelves)
  const fates = new BallotFates(shelves)
  return { api, http, trust, shelves, outbox, keys, fates, nextKeys: new NextKeys(shelves, keys) }
}

/** The parts, inside a component's setup. */
export function useServices(): Services {
  const services = inject(SERVICES)
  if (!services) throw new Error('services are provided by main.ts')
  return services
}
