/**
 * A small keyed store in IndexedDB, for copies of what a person is writing; each person has keys of his own.
 * Closed storage rejects; callers say so.
 */
import { owner } from './owner'

const STORE = 'drafts'

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('sihao', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexedDB'))
  })
}

async function within<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = act(database.transaction(STORE, mode).objectStore(STORE))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error ?? new Error('indexedDB'))
    })
  } finally {
    database.close()
  }
}

const own = (key: string) => `${owner.id}/${key}`

export const local = {
  get: <T>(key: string) => within<T | undefined>('readonly', store => store.get(own(key)) as IDBRequest<T | undefined>),
  put: (key: string, value: unknown) => within('readwrite', store => store.put(value, own(key))),
  remove: (key: string) => within('readwrite', store => store.delete(own(key))),
}
