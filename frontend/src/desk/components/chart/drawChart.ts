/** A chart on a canvas, in the page's own colours and sizes. Its parts are registered by who draws with them. */
import { init, type EChartsCoreOption } from 'echarts/core'

export interface ChartStyle {
  ink: string
  soft: string
  line: string
  accent: string
  other: string
  warn: string
  card: string
  font: string
  /** Pixels. */
  size: number
  still: boolean
}

export interface Drawing {
  /** Draw anew, in the colours and sizes the page has now. */
  set: (option: (style: ChartStyle) => EChartsCoreOption) => void
  end: () => void
}

/** A chart in `place`, which follows its size. */
export function drawChart(place: HTMLElement): Drawing {
  const chart = init(place)
  const resized = new ResizeObserver(() => chart.resize())
  resized.observe(place)
  return {
    set: (option) => chart.setOption(option(styleNow()), true),
    end() {
      resized.disconnect()
      chart.dispose()
    },
  }
}

/** The page's own tokens. */
function styleNow(): ChartStyle {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return {
    ink: token('--ink'),
    soft: token('--ink-soft'),
    line: token('--line'),
    accent: token('--accent'),
    other: token('--against'),
    warn: token('--warn'),
    card: token('--card'),
    font: getComputedStyle(document.body).fontFamily,
    size: 0.78 * parseFloat(style.fontSize),
    still: matchMedia('(prefers-reduced-motion: reduce)').matches,
  }
}
