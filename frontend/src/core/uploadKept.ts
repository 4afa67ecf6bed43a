/**
 * Uploads that are not over, kept in this browser so that a reload loses none: what is to come of each file, and its
 * bytes where they are few. Of larger files the way back to them is kept where the browser gives one, and in any case
 * the print, by which the same file is known when chosen again.
 */
import type { EvidenceCreate } from './api/schema'
import { type Handle, handleOf } from './fileHandles'
import { indexed } from './indexed'
import { owner } from './owner'

/** Where the bytes belong: a file that awaits them, or a piece that is to be registered first. */
export interface Wanted { evidenceId?: string, fileId?: string, piece?: EvidenceCreate }

export interface Kept {
  key: string
  owner: string
  name: string
  size: number
  /** Tells this file from another of its name and size. */
  print: string
  wanted: Wanted
  /** Where the upload goes on, once it has begun. */
  url?: string | undefined
  at: number
  /** Which window took it last, and when, where the browser has no locks. */
  held?: { by: string, at: number }
}

/** Copies of larger files would fill the disk of an office PC. */
const KEPT_BYTES = 32 * 1_048_576
const SAMPLE_BYTES = 65_536
/** The server waits as long for the next byte. */
const LIVES_MS = 7 * 86_400_000

const within = indexed<'uploads' | 'bytes'>('sihao-uploads', (database) => {
  database.createObjectStore('uploads', { keyPath: 'key' })
  database.createObjectStore('bytes')
})

/** A full disk or closed storage only means that after a reload the file is asked for again. */
async function lenient<T>(work: Promise<T>): Promise<T | undefined> {
  return work.catch((error: unknown) => {
    if (!(error instanceof DOMException)) throw error
    return undefined
  })
}

export const kept = {
  put: (one: Kept) => lenient(within(['uploads'], 'readwrite', of => of('uploads').put(one))),
  /** From the start with its bytes, or with none of it: a page that is closed meanwhile leaves no upload without them. */
  begin: (one: Kept, file: File) => lenient(within(['uploads', 'bytes'], 'readwrite', (of) => {
    const bytes = file.size <= KEPT_BYTES ? file : handleOf(file)
    if (bytes) of('bytes').put(bytes, one.key)
    return of('uploads').put(one)
  })),
  bytes: (key: string) => lenient(within(['bytes'], 'readonly', of => of('bytes').get(key) as IDBRequest<File | Handle | undefined>)),
  /**
   * Makes uploads a window's own in one step, but those that another took after `asked`. Answers which it has now.
   * A transaction, so that of two windows one gets each.
   */
  async take(keys: readonly string[], by: string, asked: number): Promise<string[]> {
    const isFree = ({ held }: Kept) => !held || held.by === by || held.at < asked
    const found = await lenient(within(['uploads'], 'readwrite', (of) => {
      const all = of('uploads').getAll() as IDBRequest<Kept[]>
      all.onsuccess = () => {
        for (const one of all.result.filter(each => keys.includes(each.key) && isFree(each))) of('uploads').put({ ...one, held: { by, at: Date.now() } })
      }
      return all
    }))
    return found ? keys.filter(key => found.every(one => one.key !== key || isFree(one))) : [...keys]
  },
  remove: (key: string) => lenient(within(['uploads', 'bytes'], 'readwrite', (of) => {
    of('bytes').delete(key)
    return of('uploads').delete(key)
  })),
  /** This person's, oldest first; what the server has forgotten by now is dropped. */
  async all(): Promise<Kept[]> {
    const found = await lenient(within(['uploads'], 'readonly', of => of('uploads').getAll() as IDBRequest<Kept[]>)) ?? []
    const old = found.filter(one => one.at < Date.now() - LIVES_MS)
    for (const one of old) await kept.remove(one.key)
    return found.filter(one => one.owner === owner.id && !old.includes(one)).sort((a, b) => a.at - b.at)
  },
}

/** SHA-256 over the file's size, its first and its last 64 KiB. */
export async function printOf(file: Blob): Promise<string> {
  const [{ sha256 }, first, last] = await Promise.all([
    import('@noble/hashes/sha2.js'), file.slice(0, SAMPLE_BYTES).arrayBuffer(), file.slice(Math.max(file.size - SAMPLE_BYTES, 0)).arrayBuffer(),
  ])
  const digest = sha256.create().update(new Uint8Array(first)).update(new Uint8Array(last)).digest()
  return `${file.size}-${[...digest].map(byte => byte.toString(16).padStart(2, '0')).join('')}`
}
