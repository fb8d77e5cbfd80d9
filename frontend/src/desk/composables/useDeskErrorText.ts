/** Says in the reader's language what went wrong at the desk. */
import { useI18n } from 'vue-i18n'
import { BackupRefused } from '@/chain/keyBackup'
import { KeyMissing, PinRefused } from '@/chain/keyStore'
import { clockTime } from '@/composables/format'
import { useErrorText } from '@/composables/useErrorText'
import { ActRefused } from './followAct'
import { KeyUnreadable } from './useOfficialKey'

/** A function from any error to one plain sentence. */
export function useDeskErrorText(): (error: unknown) => string {
  const { t, locale } = useI18n()
  const text = useErrorText()
  return (error) => {
    if (error instanceof ActRefused) return t('act.refused', { reason: error.reason || error.code })
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
