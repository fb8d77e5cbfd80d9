/** How this device shows every page: size of type and theme, remembered on the device. */
import { reactive, readonly } from 'vue'

export type TypeSize = 'normal' | 'large'
export type Theme = 'system' | 'light' | 'dark'

const SIZE = 'wanjia.size'
const THEME = 'wanjia.theme'
const night = matchMedia('(prefers-color-scheme: dark)')
const chosen = reactive<{ size: TypeSize; theme: Theme }>({ size: 'normal', theme: 'system' })

/** What is chosen now. */
export const display = readonly(chosen)

/** Take over what was chosen before; called once, before the first page. */
export function restoreDisplay(): void {
  const theme = localStorage.getItem(THEME)
  chosen.size = localStorage.getItem(SIZE) === 'large' ? 'large' : 'normal'
  chosen.theme = theme === 'light' || theme === 'dark' ? theme : 'system'
  night.addEventListener('change', show)
  show()
}

/** Choose the size of type. */
export function chooseSize(size: TypeSize): void {
  chosen.size = size
  localStorage.setItem(SIZE, size)
  show()
}

/** Choose the theme; `system` follows the device. */
export function chooseTheme(theme: Theme): void {
  chosen.theme = theme
  localStorage.setItem(THEME, theme)
  show()
}

function show(): void {
  const { dataset } = document.documentElement
  const system = night.matches ? 'dark' : 'light'
  dataset.size = chosen.size
  dataset.theme = chosen.theme === 'system' ? system : chosen.theme
}
