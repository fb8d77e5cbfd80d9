/** What an owner enters over two screens: kept in this page's memory only, never stored, gone once it is sent. */
import { reactive } from 'vue'
import type { IdentityForm } from '@/api/types'

export type Entry = Omit<IdentityForm, 'community' | 'consent'>

const empty = (): Entry => ({ building: '', entrance: '', number: '', name: '', id_number: '', phone: '' })
const entries = new Map<string, Entry>()

/** The entry for a community, the same on both screens. */
export function useEntry(slug: string) {
  const entry = entries.get(slug) ?? reactive(empty())
  entries.set(slug, entry)
  return {
    entry,
    hasHome: (): boolean => entry.building !== '' && entry.number !== '',
    clear: (): void => void Object.assign(entry, empty()),
  }
}
