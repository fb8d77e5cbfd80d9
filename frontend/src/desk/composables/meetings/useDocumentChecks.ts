/** Every document a meeting is bound to, fetched and held against its frozen hash. */
import { shallowRef } from 'vue'
import type { MeetingDocument } from '@/api/types'
import { readDocument } from '@/composables/useDocument'
import { useServices } from '@/services'

export type DocumentCheck = 'checking' | 'fits' | 'differs'

export function useDocumentChecks(documents: readonly MeetingDocument[]) {
  const { api } = useServices()
  const checks = shallowRef<readonly DocumentCheck[]>(documents.map(() => 'checking'))

  documents.forEach(async (document, at) => {
    const check = await readDocument(api, document).then(
      () => 'fits' as const,
      () => 'differs' as const,
    )
    checks.value = checks.value.map((old, place) => (place === at ? check : old))
  })
  return checks
}
