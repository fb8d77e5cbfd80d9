/**
 * Texts: Chinese first, English second. Owners' Chinese texts are there at once, English when it
 * is read, the others with their pages.
 */
import { createI18n, type Composer } from 'vue-i18n'
import { textAt, textWith } from './textWith'
import zhApp from './locales/zh-CN/app.json'
import zhBallot from './locales/zh-CN/ballot.json'
import zhOwner from './locales/zh-CN/owner.json'

export type Locale = 'zh-CN' | 'en'
type Messages = Record<string, string>

const REMEMBERED = 'wanjia.language'
const LATER = {
  auditor: async () =>
    both(await import('./locales/zh-CN/auditor.json'), await import('./locales/en/auditor.json')),
  desk: async () => both(await import('./locales/zh-CN/desk.json'), await import('./locales/en/desk.json')),
  deliberation: async () =>
    both(await import('./locales/zh-CN/deliberation.json'), await import('./locales/en/deliberation.json')),
  roll: async () => both(await import('./locales/zh-CN/roll.json'), await import('./locales/en/roll.json')),
  meetings: async () =>
    both(await import('./locales/zh-CN/meetings.json'), await import('./locales/en/meetings.json')),
  decryption: async () =>
    both(await import('./locales/zh-CN/decryption.json'), await import('./locales/en/decryption.json')),
  trustee: async () =>
    both(await import('./locales/zh-CN/trustee.json'), await import('./locales/en/trustee.json')),
  opened: async () =>
    both(await import('./locales/zh-CN/opened.json'), await import('./locales/en/opened.json')),
  secrecy: async () =>
    both(await import('./locales/zh-CN/secrecy.json'), await import('./locales/en/secrecy.json')),
  lan: async () => both(await import('./locales/zh-CN/lan.json'), await import('./locales/en/lan.json')),
}

/** Texts that only some pages need, by the file they stand in. */
export type LaterTexts = keyof typeof LATER

/** The i18n plugin in the language chosen before, else Chinese. */
export function createTexts() {
  const locale: Locale = localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'zh-CN'
  document.documentElement.lang = locale
  return createI18n<false>({
    legacy: false,
    messageCompiler: textWith,
    messageResolver: textAt,
    locale,
    fallbackLocale: 'zh-CN',
    messages: { 'zh-CN': { ...zhApp, ...zhBallot, ...zhOwner }, en: {} },
  })
}

/** Fetch what `locale` needs before it is shown; where it cannot be had, Chinese stays. */
export async function addLanguage(
  { mergeLocaleMessage }: Pick<Composer, 'mergeLocaleMessage'>,
  locale: Locale,
): Promise<void> {
  if (locale === 'en') mergeLocaleMessage('en', (await import('./locales/en/owners')).default)
}

/** Fetch the texts of a part of the app, in both languages, before its first page is shown. */
export async function addTexts(texts: ReturnType<typeof createTexts>, name: LaterTexts): Promise<void> {
  const messages = await LATER[name]()
  texts.global.mergeLocaleMessage('zh-CN', messages['zh-CN'])
  texts.global.mergeLocaleMessage('en', messages.en)
}

/** Remember the chosen language on this phone. */
export function rememberLanguage(locale: Locale): void {
  localStorage.setItem(REMEMBERED, locale)
  document.documentElement.lang = locale
}

function both(zh: { default: Messages }, en: { default: Messages }): Record<Locale, Messages> {
  return { 'zh-CN': zh.default, en: en.default }
}
