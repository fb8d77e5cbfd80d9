/** Figures of a privacy check in words. */
import { useI18n } from 'vue-i18n'
import { useFormat } from '@/composables/useFormat'
import type { PrivacyFigures } from '@/desk/api/privacyApi'
import { figureOf, tenths, type FigureName } from './figureRows'

export function useFigureWords() {
  const { t } = useI18n()
  const { area } = useFormat()

  /** A figure with what it counts. */
  return (figures: PrivacyFigures, name: FigureName): string => {
    const found = figureOf(figures, name)
    if (name === 'verdict') return t(`privacy.verdict.${found}`)
    if (name === 'area') return area(Number(found))
    if (name === 'largest') return t('privacy.atMost', { percent: found })
    if (['named', 'guessed', 'exactNamed', 'twoNamed'].includes(name)) return tenths(Number(found))
    return t('privacy.people', { number: found })
  }
}
