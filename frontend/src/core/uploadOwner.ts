/**
 * Windows of one browser share what is left of uploads: each upload belongs to one window, and to another once that one
 * is closed. By locks of the browser; where it has none (plain HTTP), windows ask each other.
 */
import { newKey } from './api/keys'

export interface Owning {
  /** Which of these uploads are this window's from now on; the others are another's. */
  claim: (keys: readonly string[]) => Promise<string[]>
  /** Makes a new upload this window's own. */
  own: (key: string) => Promise<unknown>
  release: (keys: readonly string[]) => void
}

/** A busy window answers late; too short, and two send the same bytes (which the server's lock turns into waiting). */
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

type Said = { kind: 'ask', by: string, keys: readonly string[] } | { kind: 'held', by: string, keys: readonly string[] } | { kind: 'free' }

function byAsking(later: () => void): Owning {
  const me = newKey()
  const mine = new Set<string>()
  const channel = new BroadcastChannel('sihao-uploads')
  const say = (what: Said) => channel.postMessage(what)
  /** What this window is asking for now, and what others have said of it. */
  let wanted: readonly string[] = []
  let others = new Set<string>()

  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.kind === 'free') later()
    else if (data.kind === 'held') for (const key of data.keys) others.add(key)
    else {
      // Of two that ask at the same time the one of the smaller name gets it.
      const held = data.keys.filter(key => mine.has(key) || (me < data.by && wanted.includes(key)))
      if (held.length) say({ kind: 'held', by: me, keys: held })
    }
  }
  window.addEventListener('pagehide', () => { if (mine.size) say({ kind: 'free' }) })

  async function ask(keys: readonly string[]): Promise<string[]> {
    wanted = keys.filter(key => !mine.has(key))
    others = new Set()
    if (wanted.length) {
      say({ kind: 'ask', by: me, keys: wanted })
      await new Promise((resolve) => { setTimeout(resolve, ANSWER_MS) })
    }
    const taken = keys.filter(key => !others.has(key))
    wanted = []
    for (const key of taken) mine.add(key)
    return taken
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
