/** Findings in the reader's language, and the report in the form of `wanjia audit --json`. */
import type { Check, Words } from './findings'
import type { Report } from './verify'

/** Gives the text of a key with its values filled in. */
export type Say = (key: string, values: Record<string, string | number>) => string

/** One finding as a text. */
export function sayWords({ key, values = {} }: Words, say: Say): string {
  const told = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'object' ? sayWords(value, say) : value,
  ])
  return say(key, Object.fromEntries(told) as Record<string, string | number>)
}

/** Every finding of a check, one a line of the page. */
export function sayCheck({ words, more }: Check, say: Say): string[] {
  const lines = words.map((one) => sayWords(one, say))
  return more ? [...lines, say('verifyCheck.andMore', { count: more })] : lines
}

/** The report as people keep it and programs read it. */
export function reportJson({ ok, checks, result }: Report, say: Say, separator: string) {
  const told = checks.map((check) => ({
    id: check.id,
    ok: check.ok,
    detail: sayCheck(check, say).join(separator),
  }))
  return { ok, checks: told, result }
}
