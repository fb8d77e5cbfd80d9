/** Small key-value shelves on the phone. */

export type ShelfName =
  | 'keys'
  | 'ballots'
  | 'fates'
  | 'drafts'
  | 'places'
  | 'meetings'
  | 'contexts'
  | 'views'
  | 'trustees'

/** One named shelf of records of one kind. */
export interface Shelf<T> {
  get(id: string): Promise<T | undefined>
  put(id: string, value: T): Promise<void>
  remove(id: string): Promise<void>
  all(): Promise<T[]>
  /** Read, change and write back as one step that no other tab can come between. */
  change(id: string, edit: (old: T | undefined) => T): Promise<T>
}

/** Opens shelves by name. */
export interface Shelves {
  shelf<T>(name: ShelfName): Shelf<T>
}
