/** What the curve shows, as the chart library takes it. */
import type { EChartsCoreOption } from 'echarts/core'
import type { Follow } from '@/desk/api/rollApi'
import { dateTime } from '@/composables/format'
import type { ChartStyle } from '@/desk/components/chart/drawChart'

export interface CurveWords {
  heads: string
  area: string
  quorum: string
  description: string
}

const TWO_THIRDS = 200 / 3

/** Percent with two decimals, rounded down: two thirds are not shown before they are reached. */
export function percent(part: number, total: number): number {
  return total === 0 ? 0 : Number((10_000n * BigInt(part)) / BigInt(total)) / 100
}

/** Two lines in percent over chain time, and the line they must reach. */
export function curveOption(
  follow: Follow,
  words: CurveWords,
  locale: string,
  style: ChartStyle,
): EChartsCoreOption {
  const { curve, total } = follow
  const text = { color: style.ink, fontFamily: style.font, fontSize: style.size }
  const quiet = { ...text, color: style.soft }
  const line = (name: string, color: string, type: 'solid' | 'dashed', values: number[]) => ({
    name,
    type: 'line',
    step: 'end',
    symbol: 'none',
    color,
    lineStyle: { color, type, width: 3 },
    data: values.map((value, at) => [curve[at]!.at * 1000, value]),
  })
  return {
    animation: !style.still,
    animationDuration: 200,
    aria: { enabled: true, label: { description: words.description } },
    textStyle: text,
    grid: { left: 8, right: 16, top: 44, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 34, textStyle: text, data: [words.heads, words.area] },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: style.card,
      borderColor: style.line,
      textStyle: text,
      valueFormatter: (value: number) => `${value.toFixed(2)}%`,
    },
    xAxis: {
      type: 'time',
      min: follow.opens_at * 1000,
      max: follow.closes_at * 1000,
      axisLine: { lineStyle: { color: style.line } },
      axisLabel: { ...quiet, hideOverlap: true, formatter: (value: number) => day(value, locale) },
      splitNumber: 4,
      axisPointer: { label: { formatter: ({ value }: { value: number }) => dateTime(value / 1000, locale) } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 100,
      axisLabel: { ...quiet, formatter: '{value}%' },
      splitLine: { lineStyle: { color: style.line } },
    },
    series: [
      {
        ...line(
          words.heads,
          style.accent,
          'solid',
          curve.map(({ heads }) => percent(heads, total.heads)),
        ),
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: style.warn, type: 'dotted', width: 2 },
          label: { ...text, color: style.warn, position: 'insideStartTop', formatter: words.quorum },
          data: [{ yAxis: TWO_THIRDS }],
        },
      },
      line(
        words.area,
        style.other,
        'dashed',
        curve.map(({ area }) => percent(area, total.area)),
      ),
    ],
  }
}

function day(milliseconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Shanghai',
    month: 'numeric',
    day: 'numeric',
  }).format(milliseconds)
}
