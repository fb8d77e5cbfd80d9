import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n')
const FILES = readdirSync('src/locales/zh-CN')
const read = (language: string, file: string): Record<string, string> =>
  JSON.parse(readFileSync(join('src/locales', language, file), 'utf8'))
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe('texts', () => {
  it.each(FILES)('%s has the same sorted keys, and fills in the same values, in both languages', (file) => {
    const [zh, en] = [read('zh-CN', file), read('en', file)]
    expect(Object.keys(zh)).toEqual([...Object.keys(zh)].sort())
    expect(Object.keys(en)).toEqual(Object.keys(zh))
    for (const [key, text] of Object.entries(zh))
      expect(placeholders(en[key]!), key).toEqual(placeholders(text))
  })

  it('has a text for every key the pages name, no key twice, and none that is also a folder of keys', () => {
    const named = [...SOURCES.matchAll(/\bt\('([\w.]+)'/g)].map(([, key]) => key!)
    const keys = FILES.flatMap((file) => Object.keys(read('zh-CN', file)))
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((key) => !keys.includes(key))).toEqual([])
    expect(keys.length).toBe(new Set(keys).size)
    expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([])
  })
})
