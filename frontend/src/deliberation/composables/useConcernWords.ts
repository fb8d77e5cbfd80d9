/** Where a concern is and who said something, in words. */
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/useFormat'
import type { ConcernEntry, ConcernLine } from '../api'

export function useConcernWords() {
  const { t } = useI18n()
  const { building, entrance } = useFormat()
  const placeOf = (at: Pick<ConcernLine, 'building' | 'entrance' | 'place'>): string =>
    [at.building && building(at.building), at.building && at.entrance && entrance(at.entrance), at.place]
      .filter(Boolean)
      .join(' ') || t('concern.common')
  const whoOf = (entry: Pick<ConcernEntry, 'by' | 'building' | 'mine'>): string => {
    if (entry.mine) return t('concern.by.mine')
    const who = t(`concern.by.${entry.by}`)
    return entry.building ? `${building(entry.building)} ${who}` : who
  }
  return { placeOf, whoOf }
}
