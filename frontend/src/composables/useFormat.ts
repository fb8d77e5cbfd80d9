/** Areas and times in the reader's language. */
import { useI18n } from 'vue-i18n'
import { areaDigits, dateTime, numbered, share } from './format'

export function useFormat() {
  const { t, locale } = useI18n()
  return {
    share,
    area: (area: number) => t('unit.area', { area: areaDigits(area) }),
    building: (name: string) => numbered(name, (number) => t('unit.building', { number })),
    entrance: (name: string) => numbered(name, (number) => t('unit.entrance', { number })),
    unitName: (unit: { building: string; entrance: string; number: string }) =>
      [
        numbered(unit.building, (number) => t('unit.building', { number })),
        numbered(unit.entrance, (number) => t('unit.entrance', { number })),
        unit.number,
      ]
        .filter(Boolean)
        .join(' '),
    time: (seconds: number) => dateTime(seconds, locale.value),
  }
}
