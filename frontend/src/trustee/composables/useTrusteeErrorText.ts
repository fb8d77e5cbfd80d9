/** Says in plain words what went wrong on a trustee's page. */
import { useI18n } from 'vue-i18n'
import { Problem } from '@/api/problem'
import { useErrorText } from '@/composables/useErrorText'
import { Distrust } from '@/chain/trust'
import { ActRefused } from '@/desk/composables/followAct'
import { Suspicion } from '../chain/checks'
import { FileRefused } from '../vault/exportFile'
import { PassphraseWrong, SeatHeld, SeatTaken } from '../vault/vault'

/** A function from any error to one plain sentence. */
export function useTrusteeErrorText(): (error: unknown) => string {
  const { t, te } = useI18n()
  const text = useErrorText()
  const why = (reason: string): string => {
    const key = `trustee.why.${/^\w+/.exec(reason)?.[0]}`
    // the board counts trustees from one and sums from nought
    const [trustee = 0, sum = 0] = (reason.match(/\d+/g) ?? []).map(Number)
    return te(key, 'zh-CN') ? t(key, { trustee, sum: sum + 1 }) : t('trustee.why.other', { reason })
  }
  return (error) => {
    if (error instanceof PassphraseWrong) return t('trustee.wrongPassphrase')
    if (error instanceof SeatHeld) return t('trustee.seatHeld')
    if (error instanceof SeatTaken) return t('trustee.seatTaken')
    if (error instanceof FileRefused) return t(`trustee.file.${error.fault}`)
    if (error instanceof Suspicion) return t(`trustee.suspicion.${error.reason}`)
    if (error instanceof Distrust && error.reason === 'placeChanged')
      return `${text(error)} ${t('trustee.placeChanged')}`
    if (error instanceof ActRefused) return why(error.reason || error.code)
    if (error instanceof Problem && error.code === 'ACT_WOULD_FAIL') return why(String(error.values.reason))
    return text(error)
  }
}
