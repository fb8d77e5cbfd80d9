/** The meeting an auditor's page is about: its community, the chain's own record, and the site's texts beside it. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Meeting } from '@/api/types'
import { useLoad } from '@/composables/useLoad'
import { readMeeting } from '@/auditor/chain/meeting'
import { useExplorer } from './useExplorer'

export function useAuditedMeeting(slug: string, meeting: number) {
  const { t } = useI18n()
  const explorer = useExplorer()
  const load = useLoad(async () => {
    const community = await explorer.community(slug)
    const [chain, texts] = await Promise.all([
      readMeeting(explorer, community, meeting),
      // Without the site's texts the chain's hashes still stand.
      explorer.api.meeting(slug, meeting).catch((): Meeting | null => null),
    ])
    return { community, chain, texts }
  })
  const name = computed(() => load.value.value?.community.name ?? t('explorer.unknownCommunity'))
  const here = { name: 'auditMeeting', params: { slug, meeting } }
  const up = computed(() => [
    { text: t('explorer.communities'), to: { name: 'audit' } },
    { text: name.value, to: { name: 'auditCommunity', params: { slug } } },
  ])
  const path = computed(() => [...up.value, { text: t('explorer.meetingNumber', { meeting }), to: here }])
  return { explorer, load, up, path }
}
