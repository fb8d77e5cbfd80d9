import { describe, expect, it } from 'vitest'
import {
  areaDigits,
  dateTime,
  numbered,
  placeName,
  reachesTwoThirds,
  share,
  shareFrom,
  shareTo,
} from '@/composables/format'
import { isWeakPin } from '@/owner/composables/useKeySetup'

describe('figures as people read them', () => {
  it('writes areas from 0.01 square metres without rounding', () => {
    expect(areaDigits(8_953)).toBe('89.53')
    expect(areaDigits(5)).toBe('0.05')
    expect(areaDigits(99_999)).toBe('999.99')
    expect(areaDigits(100_000)).toBe('1,000.00')
    expect(areaDigits(123_456_700)).toBe('1,234,567.00')
  })

  it('reaches two thirds exactly at two thirds, also where the share is rounded', () => {
    expect([reachesTwoThirds(2, 3), reachesTwoThirds(66, 100), reachesTwoThirds(67, 100)]).toEqual([
      true,
      false,
      true,
    ])
    expect(reachesTwoThirds(6_004_799_503_160_661, 9_007_199_254_740_991)).toBe(true)
    expect(reachesTwoThirds(6_004_799_503_160_660, 9_007_199_254_740_991)).toBe(false)
  })

  it('rounds shares down, so that two thirds are never shown before they are reached', () => {
    expect(share(2, 3)).toBe('66.66%')
    expect(share(666_666, 1_000_000)).toBe('66.66%')
    expect(share(9_999_999, 10_000_000)).toBe('99.99%')
    expect(share(7, 7)).toBe('100.00%')
    expect(share(0, 0)).toBe('0.00%')
  })

  it('rounds the ends of an interval outwards, in whole numbers', () => {
    expect([shareFrom(2, 3), shareTo(2, 3)]).toEqual(['66.6%', '66.7%'])
    expect([shareFrom(1, 2), shareTo(1, 2)]).toEqual(['50.0%', '50.0%'])
    expect([shareFrom(9_999_999_999, 10_000_000_000), shareTo(1, 10_000_000_000)]).toEqual(['99.9%', '0.1%'])
    expect([shareFrom(0, 0), shareTo(0, 0)]).toEqual(['0.0%', '0.0%'])
    expect([shareFrom(7, 7), shareTo(7, 7)]).toEqual(['100.0%', '100.0%'])
  })

  it('tells times in Beijing, whatever the phone thinks', () => {
    expect(dateTime(1_800_000_000, 'zh-CN')).toBe('2027年1月15日 16:00')
    expect(dateTime(1_800_000_000, 'en')).toBe('January 15, 2027 at 16:00')
  })

  it.each(['zh-CN', 'en'])('writes every time in %s as the browser itself would', (locale) => {
    const own = new Intl.DateTimeFormat(locale, {
      timeZone: 'Asia/Shanghai',
      year: 'numeric',
      month: 'long',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    // a year in steps of about nine hours, over a leap day and every month's end
    for (let seconds = 1_830_000_000; seconds < 1_862_000_000; seconds += 32_437)
      expect(dateTime(seconds, locale)).toBe(own.format(seconds * 1000))
  })

  it('gives bare numbers of buildings their word and leaves names alone', () => {
    const word = (number: string) => `${number} 栋`
    expect(numbered('12', word)).toBe('12 栋')
    expect(numbered('地下车库', word)).toBe('地下车库')
  })

  it('does not say a district twice', () => {
    expect(placeName({ district: '龙泉驿区', address: '龙泉驿区至善南路' })).toBe('龙泉驿区至善南路')
    expect(placeName({ district: '石景山区', address: '古城街道' })).toBe('石景山区 古城街道')
  })
})

describe('PINs anyone would try first', () => {
  it('are equal digits and runs up or down', () => {
    for (const pin of ['000000', '777777', '123456', '567890', '987654', '098765']) {
      expect(isWeakPin(pin), pin).toBe(true)
    }
    for (const pin of ['480213', '112233', '135790']) expect(isWeakPin(pin), pin).toBe(false)
  })
})
