import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import texts from '@/locales/zh-CN/desk.json'

const CONTRACTS = '../contracts'
const ERRORS = ['interfaces', 'registry']
  .flatMap((folder) => readdirSync(join(CONTRACTS, folder)).map((file) => join(CONTRACTS, folder, file)))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^ {4}error (\w+)\(/gm)].map(([, name]) => name!),
  )
/** Refusals of what owners, trustees, the relay, the steward or the factory do: no act signed at the desk meets them. */
const OF_OTHERS =
  /^OpenMeeting|^SecretMeeting(?!Electorate|LargestShare|SmallAreas)|^TrusteeBoard(?!Set|Account|Proposal|TooLate|Run)|^CommunityFactory|NotMeetingContract|GasFloor|PackedLength|BadPossession|BadVeto|SameKey|NotRegistered|KeyChangePending|KeyChangeNotDue|UnknownMotion|RollNotSealed|OpenObjections|ObjectionsEnded|NotOnRoll|AlreadyObjected|BadObjectionSignature/

describe('why a contract refuses an act', () => {
  it('is said in plain words for every refusal an official can meet, and for no other', () => {
    const met = ERRORS.filter((name) => !OF_OTHERS.test(name))
    const told = Object.keys(texts).flatMap((key) => /^act\.why\.(.*)$/.exec(key)?.[1] ?? [])
    expect(met.length).toBeGreaterThan(30)
    expect(told.sort()).toEqual([...new Set(met)].sort())
  })
})
