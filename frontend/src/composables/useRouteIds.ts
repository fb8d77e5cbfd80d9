/** Which community and meeting a page is about. */
import { useRoute } from 'vue-router'

export function useRouteIds(): { slug: string; meeting: number } {
  const { params } = useRoute()
  return { slug: String(params.slug ?? ''), meeting: Number(params.meeting ?? 0) }
}
