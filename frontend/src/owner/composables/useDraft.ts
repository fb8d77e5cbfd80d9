/** Choices made but not yet signed; they survive a reload of the page. */
import { computed, shallowRef } from 'vue'
import { overCap, supportLeft, type Choice, type Grouped } from '@/chain/choices'
import { useServices } from '@/services'

export type Draft = (Choice | null)[]

export function useDraft(slug: string, meeting: number, motions: readonly Grouped[]) {
  const shelf = useServices().shelves.shelf<Draft>('drafts')
  const id = `${slug}/${meeting}`
  const choices = shallowRef<Draft>(motions.map(() => null))
  const ready = shelf.get(id).then((kept) => {
    if (kept?.length === motions.length) choices.value = kept
  })
  const open = computed(() => choices.value.filter((choice) => choice === null).length)
  const left = (motion: number) => supportLeft(motions, choices.value, motion)

  /** Take one choice; `false` when the motion's group has no support left. */
  function choose(motion: number, choice: Choice): boolean {
    const next = choices.value.map((old, at) => (at === motion ? choice : old))
    if (choice === 'for' && overCap(motions, next)) return false
    choices.value = next
    void shelf.put(id, next)
    return true
  }
  return { choices, choose, left, open, ready, clear: () => shelf.remove(id) }
}
