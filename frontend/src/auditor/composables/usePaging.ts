/** A long list a page at a time. */
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'

export interface Paging {
  /** From 1. */
  page: Ref<number>
  pages: ComputedRef<number>
  count: ComputedRef<number>
  turn: (by: number) => void
}

/** Page through `items`; a list that changes begins at its first page. */
export function usePaging<T>(
  items: () => readonly T[],
  size: number,
): Paging & { shown: ComputedRef<readonly T[]> } {
  const page = ref(1)
  const count = computed(() => items().length)
  const pages = computed(() => Math.max(1, Math.ceil(count.value / size)))
  const shown = computed(() => items().slice((page.value - 1) * size, page.value * size))
  watch(items, () => (page.value = 1))
  const turn = (by: number) => {
    page.value = Math.min(pages.value, Math.max(1, page.value + by))
  }
  return { page, pages, count, turn, shown }
}
