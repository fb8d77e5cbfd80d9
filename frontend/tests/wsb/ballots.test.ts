import { describe, expect, it } from 'vitest'
import golden from '../../../tests/vectors/wsb-ballots.json'
import negative from '../../../tests/vectors/wsb-negative.json'
import type { Address, Hex } from 'viem'
import { hexToBytes } from 'viem/utils'
import { signDigest } from '@/chain/signing'
import { readBody, recordOf, secretBallotDigest } from '@/wsb/ballot'
import { faultsOf, faultsOfAll, reasonOf } from '@/wsb/checking'
import { bodyWords, groupsOf, recordBytes, type Form } from '@/wsb/form'
import { challenge, commitments, type Proof, type Statement } from '@/wsb/proof'
import { makeBallot } from '@/wsb/proving'
import { capStatement, choiceStatement, type Ciphertext } from '@/wsb/statements'
import { choicesOf, formOf, replay, written, writtenPoint } from './vectors'

const forms = Object.fromEntries(Object.entries(golden.forms).map(([name, form]) => [name, formOf(form)]))

interface WrittenProof {
  commitments: string[][]
  challenge: string
  challenges: string[]
  responses: string[]
}

function insist(statement: Statement, proof: Proof, row: WrittenProof): void {
  const made = commitments(statement, proof)
  expect(made.map(writtenPoint)).toEqual(row.commitments)
  expect(written(challenge(statement, made))).toBe(row.challenge)
  expect(proof.challenges.map(written)).toEqual(row.challenges)
  expect(proof.responses.map(written)).toEqual(row.responses)
}

describe('golden ballots, the same as in Python and Solidity', () => {
  it.each(Object.entries(golden.forms))('knows how long a ballot of the form %s is', (_, form) => {
    expect(32 * bodyWords(formOf(form))).toBe(form.body_bytes)
    expect(recordBytes(formOf(form))).toBe(form.record_bytes)
  })

  it.each(golden.ballots)('makes the ballot "$name" from the same randomness', async (row) => {
    const form = forms[row.form]!
    const draw = replay(row.randomness)
    const told: [number, number][] = []
    const made = makeBallot(form, row.voter, choicesOf(row.choices), {
      draw,
      progress: (done, total) => told.push([done, total]),
    })
    expect(draw.left()).toBe(0)
    expect(told).toEqual(row.choices.map((_, motion) => [motion + 1, row.choices.length]))
    expect(made.body).toBe(row.body)
    expect(made.ballotHash).toBe(row.ballot_hash)
    const place = { chainId: golden.chain_id, secretMeeting: golden.secret_meeting as Address }
    const digest = secretBallotDigest(place, { ...row, ballotHash: made.ballotHash, meeting: golden.meeting })
    expect(digest).toBe(row.record.digest)
    const signature = await signDigest(hexToBytes(golden.secret as Hex), digest)
    expect(signature).toBe(row.record.signature)
    expect(recordOf(row.voter, signature, made.body)).toBe(row.record.record)
  })

  it.each(golden.ballots)('reads the ballot "$name" and finds it good', (row) => {
    const form = forms[row.form]!
    expect([...faultsOf(form, row.voter, row.body as Hex)]).toEqual([])
    const read = readBody(form, row.body as Hex)!
    const ciphertexts = read.motions.map(({ ciphertext }) => ciphertext as Ciphertext)
    read.motions.forEach(({ proof }, motion) => {
      const [a, b1, b2] = ciphertexts[motion]!.map(writtenPoint)
      expect(row.motions[motion]).toMatchObject({ a, b1, b2 })
      insist(choiceStatement(form, row.voter, motion, ciphertexts[motion]!), proof, row.motions[motion]!)
    })
    groupsOf(form.motions).forEach((group, at) => {
      const statement = capStatement(form, row.voter, group, ciphertexts)
      const [sum_a, sum_b] = statement.points.map(writtenPoint)
      expect(row.groups[at]).toMatchObject({ group: group.number, sum_a, sum_b })
      insist(statement, read.groups[at]!, row.groups[at]!)
    })
  })

  it('makes good ballots from the randomness of the machine, never the same twice', () => {
    const form = forms.board!
    const [one, other] = [1, 2].map(() => makeBallot(form, 7, ['for', 'for', 'abstain', 'for', 'against']))
    expect(reasonOf(form, 7, one!.body)).toBeUndefined()
    expect(reasonOf(form, 7, other!.body)).toBeUndefined()
    expect(one!.body).not.toBe(other!.body)
    expect(one!.secrets).toHaveLength(5)
  })

  it('makes no ballot over a cap, of too few choices, or in a group of two caps', () => {
    const form = forms.board!
    expect(() => makeBallot(form, 7, ['for', 'for', 'for', 'for', 'for'])).toThrow('more than 2')
    expect(() => makeBallot(form, 7, ['for'])).toThrow('one choice')
    const twice: Form = { ...form, motions: [1, 2].map((cap) => ({ group: 1, cap })) }
    expect(() => makeBallot(twice, 7, ['for', 'for'])).toThrow('no cap of its own')
  })
})

describe('ballots that every implementation refuses', () => {
  it.each(negative.cases)('$name: $reason', ({ form, voter, body, reason }) => {
    expect(reasonOf(formOf(form), voter, body as Hex)).toBe(reason)
  })

  it('are told from good ones also when many are judged together', () => {
    const bad = negative.cases.map((row) => ({ ...row, shape: JSON.stringify(row.form) }))
    for (const shape of new Set(bad.map((row) => row.shape))) {
      const good = golden.ballots.filter(
        ({ form }) => JSON.stringify(golden.forms[form as keyof typeof golden.forms]) === shape,
      )
      const rows = [
        ...good.map((row) => ({ ...row, reason: undefined })),
        ...bad.filter((row) => row.shape === shape),
      ]
      const ballots = rows.map(({ voter, body }) => ({ voter, body: body as Hex }))
      const found = faultsOfAll(formOf(JSON.parse(shape)), ballots)
      expect(found.map(([first]) => first?.reason)).toEqual(rows.map(({ reason }) => reason))
    }
  }, 60_000)

  it('are found at the same places together as alone', () => {
    const row = golden.ballots.find(({ name }) => name === 'two of the board')!
    const form = forms.board!
    const broken = `0x${row.body.slice(2 + 384 * 2)}${row.body.slice(2, 2 + 384 * 2)}` as Hex
    const alone = [...faultsOf(form, row.voter, broken)]
    expect(alone.length).toBeGreaterThan(2)
    expect(faultsOfAll(form, [{ voter: row.voter, body: broken }])).toEqual([alone])
    expect(faultsOfAll(form, [])).toEqual([])
  })

  it('a body too long or too short: malformed', () => {
    const row = golden.ballots[0]!
    const form = forms[row.form]!
    expect(reasonOf(form, row.voter, row.body.slice(0, -2) as Hex)).toBe('malformed')
    expect(reasonOf(form, row.voter, `${row.body as Hex}00`)).toBe('malformed')
    expect(reasonOf(form, row.voter, '0x')).toBe('malformed')
  })
})
