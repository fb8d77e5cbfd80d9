import { describe, expect, it } from 'vitest'
import { castCodeOf } from '@/chain/castCode'
import { secretBallotDigest } from '@/wsb/ballot'
import { shortCode } from '@/wsb/opening'

const HASH = `0x${'5a'.repeat(32)}` as const
const place = { chainId: 20_278, secretMeeting: `0x${'55'.repeat(20)}` as const }
const signed = secretBallotDigest(place, { meeting: 3, voter: 17, ballotHash: HASH })
const cast = {
  chainId: place.chainId,
  contract: place.secretMeeting,
  meeting: 3,
  voter: 17,
  ballotHash: signed,
}

describe('the code of a ballot that was cast', () => {
  it('follows from the hash that its receipt covers', () => {
    expect(castCodeOf(cast, HASH)).toBe(shortCode(HASH))
  })

  it('is not taken from a server that names another ballot, voter, meeting or contract', () => {
    expect(castCodeOf(cast, `0x${'5b'.repeat(32)}`)).toBeUndefined()
    for (const other of [{ voter: 18 }, { meeting: 4 }, { contract: `0x${'44'.repeat(20)}` as const }])
      expect(castCodeOf({ ...cast, ...other }, HASH)).toBeUndefined()
  })
})
