import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const read = (name: string) => readFileSync(name, 'utf8')
const colours = (css: string) => css.match(/--[\w-]+: #\w+/g) ?? []

describe('the page before the program', () => {
  it('shows the theme of the device in the colours of the dark theme', () => {
    const [, dark] = read('src/styles/theme.css').split(":root[data-theme='dark']")
    const own = colours(read('src/styles/shell.css'))
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter((line) => !dark!.includes(`${line};`))).toEqual([])
  })

  it('carries no style, no script and no heading of its own', () => {
    const body = read('index.html').split('<body>')[1]!
    expect(body.match(/<script/g)).toHaveLength(1)
    expect(body).not.toMatch(/style=|<style|<h1|<script(?! type="module" src=)/)
  })
})
