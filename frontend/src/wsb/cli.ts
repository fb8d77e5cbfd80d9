/**
 * Judges secret ballots without a browser: one question a line on standard input, one answer a line on standard output.
 *
 * `{form, voter, body}`, the form as the golden vectors write it (`context`, `y_for`, `y_against`, `motions`); a line
 * without one is about the form of the line before. Answers are `{reason}` (null: the ballot is good) or `{error}`.
 * `{form, ballots: [{voter, body}]}` has all judged together, as a whole meeting's are; the answer is `{reasons}`.
 */
import { createInterface } from 'node:readline'
import type { Hex } from 'viem'
import { faultsOfAll, reasonOf } from './checking'
import type { Form, MotionPlace } from './form'

interface Asked {
  form?: { context: Hex; y_for: [Hex, Hex]; y_against: [Hex, Hex]; motions: MotionPlace[] }
  voter: number
  body: Hex
  ballots?: { voter: number; body: Hex }[]
}

let held: Form | undefined
/** Keys with their tables: few meetings are asked about, and many times. */
const known = new Map<string, Form['keys']>()

function keysOf({ y_for, y_against }: NonNullable<Asked['form']>): Form['keys'] {
  const name = [...y_for, ...y_against].join()
  const [x, y, u, v] = [...y_for, ...y_against].map(BigInt) as [bigint, bigint, bigint, bigint]
  const keys = known.get(name) ?? { inFavour: { x, y }, against: { x: u, y: v } }
  known.set(name, keys)
  return keys
}

/** The form asked about. */
function formOf(asked: Asked['form']): Form {
  if (asked) held = { context: asked.context, keys: keysOf(asked), motions: asked.motions }
  if (!held) throw new Error('no form')
  return held
}

function answer(line: string): unknown {
  try {
    const { form, voter, body, ballots } = JSON.parse(line) as Asked
    if (ballots)
      return { reasons: faultsOfAll(formOf(form), ballots).map(([first]) => first?.reason ?? null) }
    return { reason: reasonOf(formOf(form), voter, body) ?? null }
  } catch (error) {
    return { error: String(error) }
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(answer(line))}\n`)
