/** A small keyed store in IndexedDB, for copies of what a person is writing. Closed storage rejects; callers say so. */

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

export const local = {
  get: <T>(key: string) => within<T | undefined>('readonly', store => store.get(key) as IDBRequest<T | undefined>),
  put: (key: string, value: unknown) => within('readwrite', store => store.put(value, key)),
  remove: (key: string) => within('readwrite', store => store.delete(key)),
}
