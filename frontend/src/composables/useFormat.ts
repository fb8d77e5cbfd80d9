/** Areas and times in the reader's language. */
import { useI18n } from 'vue-i18n'
import { areaDigits, dateTime, share } from './format'

export function useFormat() {
  const { t, locale } = useI18n()
  return {
    share,
    area: (area: number) => t('unit.area', { area: areaDigits(area) }),
    time: (seconds: number) => dateTime(seconds, locale.value),
  }
}
