/** How many owners share each 10 m², as the chart library takes it. */
import type { EChartsCoreOption } from 'echarts/core'
import type { PrivacyBar } from '@/desk/api/privacyApi'
import type { ChartStyle } from '@/desk/components/chart/drawChart'

export interface BarsWords {
  alone: string
  several: string
  description: string
  bar: (units: number, owners: number) => string
}

/** Two series, so that who stands alone has a name of their own and not a colour only. */
export function barsOption(
  bars: readonly PrivacyBar[],
  words: BarsWords,
  style: ChartStyle,
): EChartsCoreOption {
  const text = { color: style.ink, fontFamily: style.font, fontSize: style.size }
  const quiet = { ...text, color: style.soft }
  const series = (name: string, color: string, shown: (owners: number) => boolean) => ({
    name,
    type: 'bar',
    stack: 'owners',
    color,
    barMinHeight: 3,
    data: bars.map(({ owners }) => (shown(owners) ? owners : null)),
  })
  return {
    animation: !style.still,
    animationDuration: 200,
    aria: { enabled: true, label: { description: words.description } },
    textStyle: text,
    // the legend needs two lines where the page is narrow
    grid: { left: 8, right: 16, top: 4.6 * style.size, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 20, textStyle: text },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: style.card,
      borderColor: style.line,
      textStyle: text,
      formatter: (at: { dataIndex: number }[]) => {
        const bar = bars[at[0]?.dataIndex ?? -1]
        return bar ? words.bar(bar.units, bar.owners) : ''
      },
    },
    xAxis: {
      type: 'category',
      data: bars.map(({ units }) => String(10 * units)),
      axisLine: { lineStyle: { color: style.line } },
      axisTick: { show: false },
      axisLabel: { ...quiet, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: quiet,
      splitLine: { lineStyle: { color: style.line } },
    },
    series: [
      series(words.several, style.accent, (owners) => owners > 1),
      series(words.alone, style.warn, (owners) => owners === 1),
    ],
  }
}
