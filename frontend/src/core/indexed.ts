/** A database in this browser, opened for each use. Closed storage rejects; callers say what that means. */
type Act<T, S extends string> = (store: (name: S) => IDBObjectStore) => IDBRequest<T>

export function indexed<S extends string>(name: string, create: (database: IDBDatabase) => void) {
  const open = () => new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => create(request.result)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('indexedDB'))
  })

  /** Done when it is durable. */
  return async function within<T>(stores: S[], mode: IDBTransactionMode, act: Act<T, S>): Promise<T> {
    const database = await open()
    try {
      return await new Promise<T>((resolve, reject) => {
        const change = database.transaction(stores, mode)
        const request = act(one => change.objectStore(one))
        change.oncomplete = () => resolve(request.result)
        change.onabort = () => reject(change.error ?? new Error('indexedDB'))
      })
    } finally {
      database.close()
    }
  }
}
