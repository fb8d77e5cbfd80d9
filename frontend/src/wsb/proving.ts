/** Encrypting an owner's choices and proving that each is one, and that no group is over its cap. */
import type { Hex } from 'viem'
import type { Choice } from '@/chain/choices'
import { ballotHash, bodyOf, type MotionBallot } from './ballot'
import { basesOf, groupsOf, type Form } from './form'
import { G, multiply, settle } from './group'
import { prove } from './proof'
import { fresh, type Draw } from './random'
import { BRANCHES, capStatement, choiceStatement, type Ciphertext } from './statements'

/** A ballot, and the secret of each motion that would open it: it leaves the phone only when the ballot is spoiled. */
export interface SecretBallot {
  body: Hex
  ballotHash: Hex
  secrets: bigint[]
}

/** `A = r·G`, `B1 = r·Y_for + [for]·G`, `B2 = r·Y_against + [against]·G`. */
export function encrypt(form: Form, choice: Choice, r: bigint): Ciphertext {
  const [a, b1, b2] = basesOf(form).map((base) => multiply(base, r))
  return settle([
    a!,
    choice === 'for' ? b1!.add(G) : b1!,
    choice === 'against' ? b2!.add(G) : b2!,
  ]) as Ciphertext
}

/**
 * Make a whole ballot. Draws for each motion `r`, then its proof's scalars, then those of each group's proof.
 *
 * `progress` is told after each motion. Throws when the choices are over a group's cap.
 */
export function makeBallot(
  form: Form,
  voter: number,
  choices: Choice[],
  { draw = fresh, progress }: { draw?: Draw; progress?: (done: number, total: number) => void } = {},
): SecretBallot {
  if (choices.length !== form.motions.length) throw new RangeError('one choice for each motion')
  const secrets: bigint[] = []
  const motions: MotionBallot[] = choices.map((choice, motion) => {
    const r = draw()
    secrets.push(r)
    const ciphertext = encrypt(form, choice, r)
    const statement = choiceStatement(form, voter, motion, ciphertext)
    const proof = prove(statement, BRANCHES[choice], r, draw)
    progress?.(motion + 1, choices.length)
    return { ciphertext, proof }
  })
  const ciphertexts = motions.map(({ ciphertext }) => ciphertext)
  const groups = groupsOf(form.motions).map((group) => {
    const count = group.motions.filter((at) => choices[at] === 'for').length
    if (count > group.most) throw new RangeError(`more than ${group.most} for in group ${group.number}`)
    const secret = group.motions.reduce((some, at) => some + secrets[at]!, 0n)
    return prove(capStatement(form, voter, group, ciphertexts), count, secret, draw)
  })
  const body = bodyOf(motions, groups)
  return { body, ballotHash: ballotHash(form.context, body), secrets }
}
