/** What staff did, in plain words; an action without words of its own is shown by its name. */
import { useI18n } from 'vue-i18n'
import type { LogLine } from '@/desk/api/peopleApi'

export function useLogWords() {
  const { t, te } = useI18n()
  const action = (name: string): string => {
    const key = `log.action.${name}`
    return te(key) || te(key, 'zh-CN') ? t(key) : name
  }

  /** The deed: acts by the function that was signed. */
  function deed(line: Pick<LogLine, 'action' | 'reference'>): string {
    const signed = line.action === 'act' ? /\.(\w+) /.exec(line.reference)?.[1] : undefined
    const key = `log.signed.${signed}`
    return signed && te(key, 'zh-CN') ? t('log.signedDeed', { deed: t(key) }) : action(line.action)
  }
  /** What it was about; rows whose page has a name are called by it. */
  function reference({ action: name, reference: about }: Pick<LogLine, 'action' | 'reference'>): string {
    const act = name === 'act' ? /act (\d+)$/.exec(about) : null
    if (act) return t('log.act', { number: act[1]! })
    const review = /^review (\d+)(?: file (\d+))?$/.exec(about)
    if (!review) return about
    const id = t('reviews.number', { id: review[1]! })
    return review[2] ? `${id} · ${t('reviews.picture', { number: review[2] })}` : id
  }
  return { action, deed, reference }
}
