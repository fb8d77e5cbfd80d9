import { createApp } from 'vue'
import App from './App.vue'
import { watchOutbox } from '@/owner/composables/outboxWatch'
import { restoreDisplay } from './display'
import { watchHomeScreen } from './installed/homeScreen'
import { keepShell } from './installed/worker'
import { addLanguage, createTexts, type Locale } from './i18n'
import { createPages } from './router'
import { createServices, SERVICES } from './services'
import { breath, whenIdle } from './idle'
import { openShelves } from '@/store/indexedDb'
import { laterShelves } from '@/store/later'
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
import './styles/shell.css'

async function start(): Promise<void> {
  restoreDisplay()
  watchHomeScreen()
  await breath()
  const shelves = laterShelves(openShelves().catch(memoryShelves))
  const texts = createTexts()
  await addLanguage(texts.global, texts.global.locale.value as Locale).catch(() => undefined)
  const services = createServices(shelves, () => texts.global.locale.value)
  const pages = createPages(texts)
  const app = createApp(App).use(texts).provide(SERVICES, services).use(pages)
  // until the first page can be drawn, the shell of index.html stays
  await pages.isReady().catch(() => undefined)
  await breath()
  app.mount('#app')
  whenIdle(() => {
    watchOutbox(services.outbox)
    keepShell()
  })
}

void start()
