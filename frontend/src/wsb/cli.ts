/**
 * Judges secret ballots without a browser: one question a line on standard input, one answer a line on standard output.
 *
 * `{form, voter, body}`, the form as the golden vectors write it (`context`, `y_for`, `y_against`, `motions`); a line
 * without one is about the form of the line before. Answers are `{reason}` (null: the ballot is good) or `{error}`.
 */
import { createInterface } from 'node:readline'
import type { Hex } from 'viem'
import { reasonOf } from './checking'
import type { Form, MotionPlace } from './form'

interface Asked {
  form?: { context: Hex; y_for: [Hex, Hex]; y_against: [Hex, Hex]; motions: MotionPlace[] }
  voter: number
  body: Hex
}

let [held, text]: [Form | undefined, string] = [undefined, '']

/** The form asked about; its tables are kept as long as the same one is asked about. */
function formOf(asked: Asked['form']): Form {
  const key = JSON.stringify(asked)
  if (asked && (!held || key !== text)) {
    const [inFavour, against] = [asked.y_for, asked.y_against].map(([x, y]) => ({
      x: BigInt(x),
      y: BigInt(y),
    }))
    held = {
      context: asked.context,
      keys: { inFavour: inFavour!, against: against! },
      motions: asked.motions,
    }
    text = key
  }
  if (!held) throw new Error('no form')
  return held
}

function answer(line: string): unknown {
  try {
    const { form, voter, body } = JSON.parse(line) as Asked
    return { reason: reasonOf(formOf(form), voter, body) ?? null }
  } catch (error) {
    return { error: String(error) }
  }
}

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(answer(line))}\n`)
