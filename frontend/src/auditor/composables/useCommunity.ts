/** The community an auditor's page is about, and the way back to it. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import { useExplorer } from './useExplorer'
import { useRead } from './useRead'

export function useCommunity() {
  const { t } = useI18n()
  const route = useRoute()
  const slug = computed(() => String(route.params.slug ?? ''))
  const explorer = useExplorer()
  const load = useRead(
    () => slug.value,
    (asked) => explorer.community(asked),
  )
  const title = computed(() => load.value.value?.name ?? t('explorer.unknownCommunity'))
  const up = computed(() => [{ text: t('explorer.communities'), to: { name: 'audit' } }])
  const path = computed(() => [
    ...up.value,
    { text: title.value, to: { name: 'auditCommunity', params: { slug: slug.value } } },
  ])
  return { explorer, slug, load, title, up, path }
}
