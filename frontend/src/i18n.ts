/** Texts: Chinese first, English second. */
import { createI18n } from 'vue-i18n'
import en from './locales/en.json'
import zh from './locales/zh-CN.json'

export type Locale = 'zh-CN' | 'en'

const REMEMBERED = 'wanjia.language'

/** The i18n plugin in the language chosen before, else Chinese. */
export function createTexts() {
  const locale: Locale = localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'zh-CN'
  document.documentElement.lang = locale
  return createI18n({
    legacy: false,
    flatJson: true,
    locale,
    fallbackLocale: 'zh-CN',
    messages: { 'zh-CN': zh, en },
  })
}

/** Remember the chosen language on this phone. */
export function rememberLanguage(locale: Locale): void {
  localStorage.setItem(REMEMBERED, locale)
  document.documentElement.lang = locale
}
