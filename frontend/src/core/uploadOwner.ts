/**
 * Windows of one browser share what is left of uploads: each upload belongs to one window, and to another once that one
 * is closed. By locks of the browser; where it has none (plain HTTP), windows ask each other.
 */
import { newKey } from './api/keys'
import { kept } from './uploadKept'

export interface Owning {
  /** Which of these uploads are this window's from now on; the others are another's. */
  claim: (keys: readonly string[]) => Promise<string[]>
  /** Makes a new upload this window's own. */
  own: (key: string) => Promise<unknown>
  release: (keys: readonly string[]) => void
}

/** A busy window answers late; too short, and what it has is taken from it (the server's lock turns that into waiting). */
const ANSWER_MS = 1500
/** A window that is opened anew takes up its own before another does. */
const RELOAD_MS = 5000

/** `onFree`: another window has let go of something. */
export function useOwning(onFree: () => void): Owning {
  let soon: ReturnType<typeof setTimeout> | undefined
  const later = () => {
    clearTimeout(soon)
    soon = setTimeout(onFree, RELOAD_MS)
  }
  // The types believe in locks everywhere; over plain HTTP there are none.
  return (navigator as { locks?: LockManager }).locks ? byLocks(navigator.locks, later) : byAsking(later)
}

function byLocks(locks: LockManager, later: () => void): Owning {
  const mine = new Map<string, () => void>()
  const awaited = new Set<string>()
  const name = (key: string) => `sihao-upload ${key}`

  const take = (key: string) => new Promise<boolean>((resolve) => {
    void locks.request(name(key), { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock))
      return lock && new Promise<void>((release) => { mine.set(key, release) })
    })
  })

  function wait(key: string): void {
    if (awaited.has(key)) return
    awaited.add(key)
    void locks.request(name(key), () => {
      awaited.delete(key)
      later()
    })
  }

  async function claim(keys: readonly string[]): Promise<string[]> {
    const taken: string[] = []
    for (const key of keys) {
      if (mine.has(key) || await take(key)) taken.push(key)
      else wait(key)
    }
    return taken
  }

  function release(keys: readonly string[]): void {
    for (const key of keys) {
      mine.get(key)?.()
      mine.delete(key)
    }
  }
  return { claim, own: take, release }
}

type Said = { kind: 'ask' | 'held', keys: readonly string[] } | { kind: 'free' }

/** Who holds something says so when asked; what nobody speaks for is shared out by the storage, one window at a time. */
function byAsking(later: () => void): Owning {
  const me = newKey()
  const mine = new Set<string>()
  const others = new Set<string>()
  const channel = new BroadcastChannel('sihao-uploads')
  const say = (what: Said) => channel.postMessage(what)

  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.kind === 'free') return later()
    if (data.kind === 'held') return data.keys.forEach(key => others.add(key))
    const held = data.keys.filter(key => mine.has(key))
    if (held.length) say({ kind: 'held', keys: held })
  }
  window.addEventListener('pagehide', () => { if (mine.size) say({ kind: 'free' }) })

  async function ask(keys: readonly string[]): Promise<string[]> {
    const wanted = keys.filter(key => !mine.has(key))
    const asked = Date.now()
    others.clear()
    if (wanted.length) {
      say({ kind: 'ask', keys: wanted })
      await new Promise((resolve) => { setTimeout(resolve, ANSWER_MS) })
      for (const key of await kept.take(wanted.filter(one => !others.has(one)), me, asked)) mine.add(key)
    }
    return keys.filter(key => mine.has(key))
  }
  /** One question at a time. */
  let last: Promise<string[]> = Promise.resolve([])
  const claim = (keys: readonly string[]) => (last = last.then(() => ask(keys)))
  const own = (key: string) => Promise.resolve(mine.add(key))

  function release(keys: readonly string[]): void {
    for (const key of keys) mine.delete(key)
    if (keys.length) say({ kind: 'free' })
  }
  return { claim, own, release }
}
