/** Keeps a chart drawn while its component is there: anew when the data, the theme, the size or the language changes. */
import { onMounted, onUnmounted, watch, type ShallowRef, type WatchSource } from 'vue'
import type { EChartsCoreOption } from 'echarts/core'
import { drawChart, type ChartStyle, type Drawing } from './drawChart'

export function useDrawing(
  place: Readonly<ShallowRef<HTMLElement | null>>,
  option: (style: ChartStyle) => EChartsCoreOption,
  data: WatchSource,
): void {
  let drawing: Drawing | undefined
  const draw = () => drawing?.set(option)
  const watcher = new MutationObserver(draw)
  onMounted(() => {
    drawing = drawChart(place.value!)
    draw()
    watcher.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-size', 'lang'] })
  })
  onUnmounted(() => {
    watcher.disconnect()
    drawing?.end()
  })
  watch(data, draw)
}
