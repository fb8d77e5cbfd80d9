/** Says in the reader's language what went wrong. */
import { useI18n } from 'vue-i18n'
import { Problem, Unreachable } from '@/api/problem'
import { FateDecided } from '@/chain/fates'
import { KeyMissing, PinRefused } from '@/chain/keyStore'
import { KeptBefore } from '@/chain/outbox'
import { Distrust } from '@/chain/trust'
import { clockTime } from './format'

/** A function from any error to one plain sentence. */
export function useErrorText(): (error: unknown) => string {
  const { t, locale } = useI18n()
  return (error) => {
    if (error instanceof Problem) return error.detail
    if (error instanceof Unreachable) return t('error.unreachable')
    if (error instanceof Distrust) {
      const told = t(`distrust.${error.reason}`)
      const parts = error.changed.map((part) => t(`distrust.part.${part}`)).join(t('distrust.between'))
      return parts ? t('distrust.changed', { told, parts }) : told
    }
    if (error instanceof FateDecided) return t(`fate.${error.fate}`)
    if (error instanceof KeptBefore) return t('fate.keptBefore')
    if (error instanceof KeyMissing) return t('key.missing')
    if (error instanceof PinRefused) {
      return error.reason === 'paused'
        ? t('pin.paused', { until: clockTime(error.until, locale.value) })
        : t('pin.wrong', { left: error.left })
    }
    return t('error.unexpected')
  }
}
