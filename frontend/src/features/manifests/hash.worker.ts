/** Hashes files one after the other, off the page's thread; tells now and then how far it is. */
import { sha256 } from '@noble/hashes/sha2.js'

export interface Told {
  /** Bytes read so far, over all files. */
  bytes: number
  /** Since the last word: SHA-256 by the file's place; null where the file can no longer be read. */
  hashed: [place: number, sha256: string | null][]
  isLast: boolean
}

const TELL_MS = 120
/** Few enough to keep memory small, enough that small files go in one read. */
const READ_BYTES = 4 * 1_048_576

const hex = (bytes: Uint8Array) => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')

async function hashAll(files: readonly File[]): Promise<void> {
  let told: Told = { bytes: 0, hashed: [], isLast: false }
  let at = performance.now()
  function tell(isLast: boolean): void {
    if (!isLast && performance.now() - at < TELL_MS) return
    at = performance.now()
    self.postMessage({ ...told, isLast })
    told = { ...told, hashed: [] }
  }
  for (const [place, file] of files.entries()) {
    const hash = sha256.create()
    try {
      for (let from = 0; from < file.size; from += READ_BYTES) {
        const some = new Uint8Array(await file.slice(from, from + READ_BYTES).arrayBuffer())
        hash.update(some)
        told.bytes += some.length
        tell(false)
      }
      told.hashed.push([place, hex(hash.digest())])
    } catch (error) {
      // Moved, changed or locked since it was chosen: its line is left out, and said so.
      if (!(error instanceof DOMException)) throw error
      told.hashed.push([place, null])
    }
    tell(false)
  }
  tell(true)
}

self.onmessage = ({ data }: MessageEvent<File[]>) => { void hashAll(data) }
