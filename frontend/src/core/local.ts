/**
 * A small keyed store in IndexedDB, for copies of what a person is writing; each person has keys of his own.
 * Closed storage rejects; callers say so.
 */
import { indexed } from './indexed'
import { owner } from './owner'

const STORE = 'drafts'
const within = indexed<typeof STORE>('sihao', database => database.createObjectStore(STORE))

const own = (key: string) => `${owner.id}/${key}`

export const local = {
  get: <T>(key: string) => within([STORE], 'readonly', of => of(STORE).get(own(key)) as IDBRequest<T | undefined>),
  put: (key: string, value: unknown) => within([STORE], 'readwrite', of => of(STORE).put(value, own(key))),
  remove: (key: string) => within([STORE], 'readwrite', of => of(STORE).delete(own(key))),
}
