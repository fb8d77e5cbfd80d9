/** Shelves of a store that is still being opened: what is asked of them waits until it is open. */
import type { Shelf, ShelfName, Shelves } from './shelf'

class LaterShelf<T> implements Shelf<T> {
  constructor(private readonly opened: Promise<Shelf<T>>) {}

  async get(id: string): Promise<T | undefined> {
    return (await this.opened).get(id)
  }

  async put(id: string, value: T): Promise<void> {
    await (await this.opened).put(id, value)
  }

  async remove(id: string): Promise<void> {
    await (await this.opened).remove(id)
  }

  async all(): Promise<T[]> {
    return (await this.opened).all()
  }

  async change(id: string, edit: (old: T | undefined) => T): Promise<T> {
    return (await this.opened).change(id, edit)
  }
}

/** The shelves of `opened`, to be used at once, so that a page need not wait for the store to be drawn. */
export function laterShelves(opened: Promise<Shelves>): Shelves {
  return {
    shelf: <T>(name: ShelfName) => new LaterShelf<T>(opened.then((shelves) => shelves.shelf<T>(name))),
  }
}
