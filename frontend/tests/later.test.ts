import { describe, expect, it } from 'vitest'
import { laterShelves } from '@/store/later'
import { memoryShelves } from '@/store/memory'
import type { Shelves } from '@/store/shelf'

describe('shelves that are still being opened', () => {
  it('keep what is asked of them until they are open, and its order', async () => {
    let open!: (shelves: Shelves) => void
    const shelf = laterShelves(new Promise((resolve) => (open = resolve))).shelf<number>('drafts')
    const asked = [
      shelf.put('a', 1),
      shelf.change('a', (old) => old! + 1),
      shelf.put('b', 5),
      shelf.remove('b'),
    ]
    const found = Promise.all([shelf.get('a'), shelf.get('b'), shelf.all()])
    const opened = memoryShelves()
    open(opened)
    await Promise.all(asked)
    expect(await found).toEqual([2, undefined, [2]])
    expect(await opened.shelf('drafts').get('a')).toBe(2)
  })

  it('fail where the store cannot be opened at all', async () => {
    const shelf = laterShelves(Promise.reject(new Error('forbidden'))).shelf('keys')
    await expect(shelf.get('a')).rejects.toThrow('forbidden')
  })
})
