/** A scope in plain words: 全体业主, or buildings and entrances by name. */
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/useFormat'
import { WHOLE } from './scopeText'

export function useScopeWords(): (scope: string) => string {
  const { t } = useI18n()
  const { building, entrance } = useFormat()
  const words = (entry: string): string => {
    const [name = '', door] = entry.split('/')
    return door === undefined ? building(name) : `${building(name)} ${entrance(door)}`
  }
  return (scope) =>
    scope === WHOLE ? t('plan.wholeCommunity') : scope.split(',').map(words).join(t('noticeText.comma'))
}
