/** The offices that keep a secret meeting's keys, as far as they are known. */
import { computed } from 'vue'
import { useLoad } from '@/composables/useLoad'
import { useTrusteesApi } from '@/desk/api/trusteesApi'

/** Nothing of an open meeting, and nothing until it is known: a sheet never waits for it. */
export function useOffices(slug: string, { meeting, ballots }: { meeting: number; ballots: string }) {
  const api = useTrusteesApi(slug, meeting)
  const load = useLoad(async () => (ballots === 'secret' ? api.board() : undefined))
  return {
    offices: computed(() => load.value.value?.seats.map(({ label }) => label) ?? []),
    threshold: computed(() => load.value.value?.threshold ?? null),
  }
}
