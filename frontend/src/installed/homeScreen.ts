/** Adding the app to the home screen: offered quietly, and never again once declined. */
import { readonly, shallowRef } from 'vue'

/** `press`: the browser asks when a button is pressed. `menu`: the reader finds it in Safari's menu. */
export type Offer = 'none' | 'press' | 'menu'

interface InstallPrompt extends Event {
  prompt: () => Promise<unknown>
}

const DECLINED = 'wanjia.homeScreen'
const open = shallowRef<Offer>('none')
let asking: InstallPrompt | null = null

/** How the app can be added here, if it is not there yet. */
export const homeScreen = readonly(open)

/** Listen for the browser's offer instead of letting it show a banner over the page. */
export function watchHomeScreen(): void {
  if (localStorage.getItem(DECLINED)) return
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    asking = event as InstallPrompt
    open.value = 'press'
  })
  addEventListener('appinstalled', () => (open.value = 'none'))
  // Safari on iPhone alone knows `standalone`; false means: in the browser, not from the home screen
  if ((navigator as { standalone?: boolean }).standalone === false && isSecureContext) open.value = 'menu'
}

/** Let the browser ask. */
export function addToHomeScreen(): void {
  open.value = 'none'
  void asking?.prompt()
}

/** Do not offer it again on this phone. */
export function declineHomeScreen(): void {
  open.value = 'none'
  localStorage.setItem(DECLINED, 'declined')
}
