import { createApp } from 'vue'
import App from './App.vue'
import { watchOutbox } from '@/owner/composables/outboxWatch'
import { restoreDisplay } from './display'
import { watchHomeScreen } from './installed/homeScreen'
import { keepShell } from './installed/worker'
import { addLanguage, createTexts, type Locale } from './i18n'
import { createPages } from './router'
import { createServices, SERVICES } from './services'
import { openShelves } from '@/store/indexedDb'
import { memoryShelves } from '@/store/memory'
import 'vant/es/style/base.css'
import 'vant/es/button/index.css'
import 'vant/es/loading/index.css'
import 'vant/es/cell/index.css'
import 'vant/es/field/index.css'
import 'vant/es/skeleton/index.css'
import 'vant/es/skeleton-title/index.css'
import 'vant/es/skeleton-paragraph/index.css'
import './styles/theme.css'
import './styles/base.css'

async function start(): Promise<void> {
  restoreDisplay()
  watchHomeScreen()
  const texts = createTexts()
  await addLanguage(texts.global, texts.global.locale.value as Locale).catch(() => undefined)
  const shelves = await openShelves().catch(memoryShelves)
  const services = createServices(shelves, () => texts.global.locale.value)
  createApp(App).use(texts).use(createPages(texts)).provide(SERVICES, services).mount('#app')
  watchOutbox(services.outbox)
  keepShell()
}

void start()
