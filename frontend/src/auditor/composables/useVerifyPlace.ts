/** Whose meetings the page checks: named by the community's address on this site, or by the registry's own. */
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'
import { useLoad } from '@/composables/useLoad'
import { useServices } from '@/services'

export const USUAL_PATH = '/api/rpc'

export interface VerifyPlace {
  registry: string
  rpc: string
  meeting?: number
}

/** A path of this site; anything else the browser would not ask. */
export const isPath = (text: string): boolean => /^\/(?![/\\])/.test(text)

export function useVerifyPlace() {
  const { t } = useI18n()
  const { api } = useServices()
  const { params, query } = useRoute()
  const slug = String(params.slug ?? '')
  const asked = Number(params.meeting ?? query.meeting) || undefined
  const rpc = isPath(String(query.rpc ?? '')) ? String(query.rpc) : USUAL_PATH
  const load = useLoad(async (): Promise<VerifyPlace> => {
    const registry = slug ? (await api.community(slug)).chain.registry : String(params.registry)
    return { registry, rpc, meeting: asked }
  })
  const title = asked ? t('verify.titleMeeting', { meeting: asked }) : t('verify.heading')
  const path = computed(() => {
    const up = [{ text: t('explorer.communities'), to: { name: 'audit' } }]
    const to = { name: 'auditMeeting', params: { slug, meeting: asked } }
    return slug && asked ? [...up, { text: t('explorer.meetingNumber', { meeting: asked }), to }] : up
  })
  return { load, title, path }
}
