/** The community an auditor's page is about, and the way back to it. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLoad } from '@/composables/useLoad'
import { useExplorer } from './useExplorer'

export function useCommunity(slug: string) {
  const { t } = useI18n()
  const explorer = useExplorer()
  const load = useLoad(() => explorer.community(slug))
  const title = computed(() => load.value.value?.name ?? t('explorer.unknownCommunity'))
  const up = computed(() => [{ text: t('explorer.communities'), to: { name: 'audit' } }])
  const path = computed(() => [
    ...up.value,
    { text: title.value, to: { name: 'auditCommunity', params: { slug } } },
  ])
  return { explorer, load, title, up, path }
}
