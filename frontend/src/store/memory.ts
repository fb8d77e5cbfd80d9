/** Shelves that last as long as the page: for tests, and where the browser keeps nothing. */
import type { Shelf, ShelfName, Shelves } from './shelf'

class MemoryShelf<T> implements Shelf<T> {
  private readonly records = new Map<string, T>()

  get(id: string): Promise<T | undefined> {
    return Promise.resolve(this.records.get(id))
  }

  put(id: string, value: T): Promise<void> {
    this.records.set(id, value)
    return Promise.resolve()
  }

  remove(id: string): Promise<void> {
    this.records.delete(id)
    return Promise.resolve()
  }

  all(): Promise<T[]> {
    return Promise.resolve([...this.records.values()])
  }

  async change(id: string, edit: (old: T | undefined) => T): Promise<T> {
    const value = edit(this.records.get(id))
    this.records.set(id, value)
    return value
  }
}

/** Fresh, empty shelves. */
export function memoryShelves(): Shelves {
  const shelves = new Map<ShelfName, MemoryShelf<unknown>>()
  return {
    shelf<T>(name: ShelfName): Shelf<T> {
      const known = shelves.get(name) ?? new MemoryShelf<unknown>()
      shelves.set(name, known)
      return known as Shelf<unknown> as Shelf<T>
    },
  }
}
