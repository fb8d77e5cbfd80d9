import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import zh from '@/locales/zh-CN/auditor.json'
import { CHECKS, Findings, SECRET_CHECKS } from '@/verifier/findings'
import { STATES } from '@/verifier/checks/lifecycle'
import { reportJson, sayWords } from '@/verifier/say'

const SOURCES = readdirSync('src/verifier', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src/verifier', name), 'utf8'))
  .join('\n')

/** Every text that a finding can name: the literal after `fault`, `saw` or `require` and its check. */
const KEYS = [
  ...SOURCES.matchAll(/\b(?:fault|saw)\(\s*[\w.']+,\s*(?:\w[\w.()]* \? )?'(\w+)'(?: : '(\w+)')?/g),
  ...SOURCES.matchAll(/\brequire\((?:[^;]*?),\s*(?:id|ID|LINKS|CODE|CHANGE|'[\w.-]+'),\s*'(\w+)'/g),
].flatMap(([, ...found]) => found.filter((key) => key !== undefined))

describe('what the verifier says', () => {
  it('has a name for every check and state, and a text for every finding', () => {
    const texts: Record<string, string> = zh
    expect(KEYS.length).toBeGreaterThan(60)
    const wanted = [
      ...KEYS.map((key) => `verifyCheck.${key}`),
      ...[...CHECKS, ...SECRET_CHECKS].map((id) => `verifyCheck.name.${id}`),
      ...STATES.map((state) => `verifyCheck.state.${state}`),
    ]
    expect(wanted.filter((key) => !texts[key])).toEqual([])
  })

  it('fills findings in, one inside another', () => {
    const words = { key: 'outer', values: { state: { key: 'inner' }, count: 2 } }
    expect(sayWords(words, (key, values) => `${key}${JSON.stringify(values)}`)).toBe(
      'outer{"state":"inner{}","count":2}',
    )
  })

  it('tells a check that saw nothing, or could not be made, as one that does not hold', () => {
    const findings = new Findings()
    findings.saw('roll.sum', 'noMeetings')
    findings.make(['roll.digest'], () => {
      throw new Error('torn')
    })
    const checks = new Map(findings.checks().map((check) => [check.id, check]))
    expect(checks.get('roll.sum')?.ok).toBe(true)
    expect(checks.get('roll.digest')?.ok).toBe(false)
    expect(checks.get('roll.period')?.ok).toBe(false)
  })

  it('writes the report as the command line does', () => {
    const findings = new Findings()
    for (let at = 0; at < 25; at++) findings.fault('ballot.once', 'countedTwice', { where: at })
    const result = {
      chainId: 1,
      registry: '',
      openMeeting: '',
      secretMeeting: '',
      trusteeBoard: '',
      notary: '',
      factory: '',
      forwarder: '',
    }
    const report = {
      ok: false,
      checks: findings.checks(),
      result: { ...result, blocks: { first: 0, last: 1 }, meetings: [] },
    }
    const told = reportJson(report, (key) => key.split('.').at(-1)!, '; ')
    expect(Object.keys(told)).toEqual(['ok', 'checks', 'result'])
    expect(told.checks.map(({ id }) => id)).toEqual([...CHECKS])
    const once = told.checks.find(({ id }) => id === 'ballot.once')!
    expect(Object.keys(once)).toEqual(['id', 'ok', 'detail'])
    expect(once.detail.split('; ')).toEqual([...Array(20).fill('countedTwice'), 'andMore'])
  })
})
