/** The chart library: fetched with the curve alone, only the parts the curve is made of, drawn on a canvas. */
import { LineChart } from 'echarts/charts'
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
} from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import type { CurveStyle } from './curveOption'

use([
  LineChart,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  MarkLineComponent,
  AriaComponent,
  CanvasRenderer,
])

export interface Drawing {
  /** Draw anew, in the colours and sizes the page has now. */
  set: (option: (style: CurveStyle) => EChartsCoreOption) => void
  end: () => void
}

/** A chart in `place`, which follows its size. */
export function drawCurve(place: HTMLElement): Drawing {
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
function styleNow(): CurveStyle {
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
