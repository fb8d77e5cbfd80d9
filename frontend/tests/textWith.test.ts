import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createTexts } from '@/i18n'

const FILES = readdirSync('src/locales', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.json'),
)

describe('filling values into texts', () => {
  it('puts each value in its place, and says the key where there is no text', () => {
    const { t, mergeLocaleMessage } = createTexts().global
    mergeLocaleMessage('zh-CN', { 'test.line': '第 {at} 步，共 {count} 步：{name}（{at}）' })
    expect(t('test.line', { at: 2, count: 6, name: '$& {count}' })).toBe('第 2 步，共 6 步：$& {count}（2）')
    expect(t('test.nothing')).toBe('test.nothing')
  })

  it.each(FILES)('%s has plain words and {name} only', (file) => {
    const texts = Object.values(JSON.parse(readFileSync(`src/locales/${file}`, 'utf8')) as object)
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) expect(text.replace(/\{\w+\}/g, '')).not.toMatch(/[{}|]|@[:.]/)
  })
})
