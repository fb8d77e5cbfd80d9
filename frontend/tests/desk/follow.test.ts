import { describe, expect, it } from 'vitest'
import type { Follow } from '@/desk/api/rollApi'
import { byEntrance } from '@/desk/components/follow/byEntrance'
import type { ChartStyle } from '@/desk/components/chart/drawChart'
import { curveOption, percent } from '@/desk/components/follow/curveOption'
import { shadeOf, timeLeft } from '@/desk/components/follow/shade'

describe('the building map', () => {
  it.each([
    [0, 9, 'none'],
    [0, 0, 'none'],
    [1, 9, 'few'],
    [3, 9, 'some'],
    [5, 9, 'some'],
    [6, 9, 'reached'],
    [9, 9, 'reached'],
  ])('shades %i of %i as %s', (part, total, shade) => {
    expect(shadeOf(part, total)).toBe(shade)
  })

  it('counts large areas in whole numbers', () => {
    expect(shadeOf(6_666_666_666, 10_000_000_000)).toBe('some')
    expect(shadeOf(6_666_666_667, 10_000_000_000)).toBe('reached')
  })
})

describe('time left', () => {
  it('is told in days, hours and minutes, and never below nothing', () => {
    expect(timeLeft(2 * 86_400 + 3 * 3_600 + 4 * 60 + 59)).toEqual({ days: 2, hours: 3, minutes: 4 })
    expect(timeLeft(-5)).toEqual({ days: 0, hours: 0, minutes: 0 })
  })
})

describe('the list by entrance', () => {
  it('keeps the order and parts the same entrance of two buildings', () => {
    const units = [
      { building: '1', entrance: '1', number: '101' },
      { building: '1', entrance: '1', number: '102' },
      { building: '2', entrance: '1', number: '101' },
    ]
    const found = byEntrance(units).map(({ building, units: inside }) => [building, inside.length])
    expect(found).toEqual([
      ['1', 2],
      ['2', 1],
    ])
  })
})

describe('the curve', () => {
  const style: ChartStyle = {
    ...{ ink: '#1', soft: '#2', line: '#3', accent: '#4', other: '#5', warn: '#6', card: '#7' },
    ...{ font: 'serif', size: 14, still: true },
  }
  const weight = (area: number, heads: number) => ({ area, heads })
  const follow: Follow = {
    ...{ state: 'open', chain_time: 200, opens_at: 100, closes_at: 900, buildings: [] },
    total: weight(300, 3),
    part: weight(200, 1),
    missing: weight(0, 1),
    curve: [
      { at: 100, ...weight(0, 0) },
      { at: 200, ...weight(200, 1) },
    ],
  }

  it('rounds down, so that two thirds are not shown before they are reached', () => {
    expect(percent(1_999_999, 3_000_000)).toBe(66.66)
    expect(percent(0, 0)).toBe(0)
  })

  it('draws heads and area in percent over the time of voting, told apart by more than colour', () => {
    const option = curveOption(
      follow,
      { heads: 'H', area: 'A', quorum: 'Q', description: 'D' },
      'en',
      style,
    ) as Record<string, any>
    const [heads, area] = option.series
    expect(heads.data).toEqual([
      [100_000, 0],
      [200_000, 33.33],
    ])
    expect(area.data.at(-1)).toEqual([200_000, 66.66])
    expect(heads.lineStyle.type).not.toBe(area.lineStyle.type)
    expect([option.xAxis.min, option.xAxis.max]).toEqual([100_000, 900_000])
    expect(option.aria.label.description).toBe('D')
    expect(option.animation).toBe(false)
  })
})
