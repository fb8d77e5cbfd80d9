/** Says in the reader's language what went wrong at the desk. */
import { useI18n } from 'vue-i18n'
import { Problem } from '@/api/problem'
import { BackupRefused } from '@/chain/keyBackup'
import { KeyMissing, PinRefused } from '@/chain/keyStore'
import { clockTime } from '@/composables/format'
import { useErrorText } from '@/composables/useErrorText'
import { ActRefused } from './followAct'
import { KeyUnreadable } from './useOfficialKey'

/** A function from any error to one plain sentence. */
export function useDeskErrorText(): (error: unknown) => string {
  const { t, te, locale } = useI18n()
  const text = useErrorText()
  /** A contract's reason (`Name(values)`) in plain words, where there are some. */
  const why = (reason: string): string => {
    const key = `act.why.${/^\w+/.exec(reason)?.[0]}`
    return te(key, 'zh-CN') ? t(key) : reason
  }
  return (error) => {
    if (error instanceof ActRefused) return t('act.refused', { reason: why(error.reason || error.code) })
    if (error instanceof Problem && error.code === 'ACT_WOULD_FAIL')
      return t('act.wouldFail', { reason: why(String(error.values.reason)) })
    if (error instanceof PinRefused) {
      return error.reason === 'paused'
        ? t('pin.paused', { until: clockTime(error.until, locale.value) })
        : t('act.pinWrong', { left: error.left })
    }
    if (error instanceof KeyMissing) return t('officialKey.none')
    if (error instanceof KeyUnreadable) return t('officialKey.unreadable')
    if (error instanceof BackupRefused) return t(`officialKey.${error.reason}`)
    return text(error)
  }
}
