import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '@/locales/en.json'
import zh from '@/locales/zh-CN.json'

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n')
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

describe('texts', () => {
  it('has the same sorted keys in both languages', () => {
    expect(Object.keys(zh)).toEqual([...Object.keys(zh)].sort())
    expect(Object.keys(en)).toEqual(Object.keys(zh))
  })

  it('fills in the same values in both languages', () => {
    for (const [key, text] of Object.entries(zh)) {
      expect(placeholders(en[key as keyof typeof en]), key).toEqual(placeholders(text))
    }
  })

  it('has a text for every key the pages name, and no key that is also a folder of keys', () => {
    const named = [...SOURCES.matchAll(/\bt\('([\w.]+)'/g)].map(([, key]) => key!)
    expect(named.length).toBeGreaterThan(50)
    expect(named.filter((key) => !(key in zh))).toEqual([])
    const keys = Object.keys(zh)
    expect(keys.filter((key) => keys.some((other) => other.startsWith(`${key}.`)))).toEqual([])
  })
})
