/** Fills values into a text: every text of this app is plain words with `{name}` in them, nothing else. */
import type { MessageCompiler, MessageContext } from 'vue-i18n'

const PLACE = /\{(\w+)\}/g

/** Stands in for vue-i18n's own compiler, which knows plurals, links and lists that no text here uses. */
export const textWith: MessageCompiler = (text) => {
  if (typeof text !== 'string') throw new TypeError('a text is a string')
  return ({ values }: MessageContext) => text.replace(PLACE, (_, name: string) => String(values[name] ?? ''))
}

/** Finds a text by its whole key: the files of texts are flat. */
export function textAt(texts: unknown, key: string): string | null {
  return (texts as Record<string, string | undefined>)[key] ?? null
}
