/** Shelves in IndexedDB: they survive a reload and a restart of the phone. */
import type { Shelf, ShelfName, Shelves } from './shelf'

const NAMES: ShelfName[] = [
  'keys',
  'ballots',
  'fates',
  'drafts',
  'places',
  'meetings',
  'contexts',
  'views',
  'trustees',
]
const VERSION = 4

/** Open (and on the first visit create) the database. Rejects where the browser forbids storage. */
export async function openShelves(name = 'wanjia'): Promise<Shelves> {
  const request = indexedDB.open(name, VERSION)
  request.onupgradeneeded = () => {
    const made = request.result.objectStoreNames
    for (const shelf of NAMES) if (!made.contains(shelf)) request.result.createObjectStore(shelf)
  }
  const database = await done(request)
  // a page of a later version waits for this one to let go
  database.onversionchange = () => database.close()
  return { shelf: <T>(shelf: ShelfName) => new IndexedShelf<T>(database, shelf) }
}

class IndexedShelf<T> implements Shelf<T> {
  constructor(
    private readonly database: IDBDatabase,
    private readonly name: ShelfName,
  ) {}

  get(id: string): Promise<T | undefined> {
    return done(this.open('readonly').get(id) as IDBRequest<T | undefined>)
  }

  async put(id: string, value: T): Promise<void> {
    const store = this.open('readwrite')
    store.put(value, id)
    await committed(store.transaction)
  }

  async remove(id: string): Promise<void> {
    const store = this.open('readwrite')
    store.delete(id)
    await committed(store.transaction)
  }

  all(): Promise<T[]> {
    return done(this.open('readonly').getAll() as IDBRequest<T[]>)
  }

  async change(id: string, edit: (old: T | undefined) => T): Promise<T> {
    const store = this.open('readwrite')
    const value = edit(await done(store.get(id) as IDBRequest<T | undefined>))
    store.put(value, id)
    await committed(store.transaction)
    return value
  }

  private open(mode: IDBTransactionMode): IDBObjectStore {
    return this.database.transaction(this.name, mode, { durability: 'strict' }).objectStore(this.name)
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('the phone could not read its store'))
  })
}

function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('the phone could not save'))
  })
}
