/** The way up from a transaction: the meeting whose ballots it carried, or the list of communities. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Load } from '@/composables/useLoad'
import type { TransactionView } from '@/auditor/chain/transactionView'

export function useTransactionPath(load: Load<TransactionView>) {
  const { t } = useI18n()
  return computed(() => {
    const home = { text: t('explorer.communities'), to: { name: 'audit' } }
    const carried = load.value.value?.batches[0]
    if (!carried) return [home]
    const { slug, name } = carried.community
    const { meeting } = carried.batch
    return [
      home,
      {
        text: name ?? t('explorer.unknownCommunity'),
        to: { name: 'auditCommunity', params: { slug } },
      },
      {
        text: t('explorer.meetingNumber', { meeting }),
        to: { name: 'auditMeeting', params: { slug, meeting } },
      },
    ]
  })
}
