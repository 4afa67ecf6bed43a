/** What is being sent up, as people see it (`all`) and as the queue needs it (`held`). */
import { computed, ref } from 'vue'
import type { Handle } from './fileHandles'
import type { Kept } from './uploadKept'

/** `lost`: after a reload the browser no longer has the bytes; the same file has to be chosen again. */
export type Progress = 'waiting' | 'sending' | 'paused' | 'lost' | 'done' | 'failed'

export interface Sending {
  key: string
  name: string
  size: number
  /** Bytes on their way or there; once nobody sends, those that the server has for certain. */
  sent: number
  saved: number
  progress: Progress
  /** Why it failed, or what is worth knowing. */
  note: string
  /** Another try may help: the server, not the file. */
  mayRetry: boolean
  evidenceId?: string | undefined
  /** Lost, but the browser knows where the file is: it goes on at a press. */
  mayOpen?: boolean
}

export interface Held { record: Kept, file?: File | undefined, handle?: Handle | undefined, ready: Promise<unknown>, stop?: AbortController }

export const isGoing = (one: Sending): boolean => one.progress === 'sending' || one.progress === 'waiting'
const isUnfinished = (one: Sending) => isGoing(one) || one.progress === 'paused' || one.progress === 'lost'

export function useList() {
  const all = ref<Sending[]>([])
  const held = new Map<string, Held>()
  const sending = computed(() => all.value.filter(isGoing))
  const unfinished = computed(() => all.value.filter(isUnfinished))

  function hold(record: Kept, bytes: File | Handle | undefined, ready: Promise<unknown>): void {
    const handle = bytes && 'queryPermission' in bytes ? bytes : undefined
    const file = handle ? undefined : bytes as File | undefined
    held.set(record.key, { record, file, handle, ready })
    const { key, name, size, wanted: { evidenceId } } = record
    all.value.push({ key, name, size, sent: 0, saved: 0, progress: file ? 'waiting' : 'lost', note: '', mayRetry: false, evidenceId, mayOpen: Boolean(handle) })
  }

  /** Takes what is over out of the list; gives its keys. */
  function clear(): string[] {
    const over = all.value.filter(each => !isUnfinished(each)).map(one => one.key)
    for (const key of over) held.delete(key)
    all.value = [...unfinished.value]
    return over
  }

  /** Another person sits down here: nothing of the one before goes on; it waits in this browser. Gives the keys. */
  function leave(): string[] {
    const stopped = [...held.entries()]
    held.clear()
    all.value = []
    for (const [, one] of stopped) one.stop?.abort()
    return stopped.map(([key]) => key)
  }

  /** The upload that waits for just this file. */
  const findLost = (name: string, print: string) => all.value.find(one => one.progress === 'lost' && one.name === name && held.get(one.key)?.record.print === print)
  const find = (key: string) => all.value.find(one => one.key === key)
  return { all, held, sending, unfinished, hold, clear, leave, find, findLost }
}
