import { describe, expect, it } from 'vitest'
import golden from '../../../tests/vectors/wsb-ballots.json'
import type { Hex } from 'viem'
import { ballotHash } from '@/wsb/ballot'
import { choicesHeld, openBallot, openingOf, shortCode } from '@/wsb/opening'
import { makeBallot } from '@/wsb/proving'
import type { Choice } from '@/chain/choices'
import { choicesOf, formOf, replay } from './vectors'

const row = golden.ballots.find(({ name }) => name === 'five motions')!
const form = formOf(golden.forms.five)
const choices = choicesOf(row.choices)
const ballot = makeBallot(form, row.voter, choices, { draw: replay(row.randomness) })
const hash = row.ballot_hash as Hex

describe('the short code of a ballot', () => {
  it('is sixteen letters of its hash, in four groups', () => {
    expect(shortCode(`0x${'00'.repeat(32)}`)).toBe('AAAA-AAAA-AAAA-AAAA')
    expect(shortCode(`0x${'ff'.repeat(32)}`)).toBe('7777-7777-7777-7777')
    // RFC 4648, section 10: "foobar" is MZXW6YTBOI, and nought is A
    expect(shortCode(`0x666f6f626172${'00'.repeat(26)}`)).toBe('MZXW-6YTB-OIAA-AAAA')
    expect(shortCode(hash)).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/)
  })
})

describe('opening a ballot on a second device', () => {
  it('agrees with what was chosen, also after a way as text', () => {
    const opening = JSON.parse(JSON.stringify(openingOf(ballot, choices)))
    expect(openBallot(form, hash, opening)).toEqual({ kind: 'agrees' })
  })

  it('names every motion that holds another choice than was said', () => {
    const said: Choice[] = ['for', 'for', 'abstain', 'for', 'for']
    expect(openBallot(form, hash, openingOf(ballot, said))).toEqual({ kind: 'differs', motions: [1, 4] })
  })

  it('finds a secret that is not the ballot’s, or none at all', () => {
    const opening = openingOf(ballot, choices)
    opening.motions[2]!.r = opening.motions[3]!.r
    opening.motions[4]!.r = `0x${'ff'.repeat(32)}`
    expect(openBallot(form, hash, opening)).toEqual({ kind: 'differs', motions: [2, 4] })
  })

  it('tells what a motion holds in truth, whatever was said, and nothing where the secret does not open it', () => {
    const opening = openingOf(ballot, ['for', 'for', 'for', 'for', 'for'])
    opening.motions[3]!.r = opening.motions[2]!.r
    const held: (Choice | undefined)[] = [...choices]
    held[3] = undefined
    expect(choicesHeld(form, opening)).toEqual(held)
  })

  it('is not taken in by another ballot than the one whose code was shown', () => {
    const other = makeBallot(form, row.voter, choices)
    expect(openBallot(form, hash, openingOf(other, choices))).toEqual({ kind: 'other-ballot' })
  })

  it('reads nothing from a body of another length', () => {
    const body = ballot.body.slice(0, -64) as Hex
    const opening = { ...openingOf(ballot, choices), body }
    expect(openBallot(form, ballotHash(form.context, body), opening)).toEqual({ kind: 'unreadable' })
  })
})
