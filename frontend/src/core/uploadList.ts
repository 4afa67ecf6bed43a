/** What is being sent up, as people see it (`all`) and as the queue needs it (`held`). */
import { computed, ref } from 'vue'
import type { Kept } from './uploadKept'

/** `lost`: after a reload the browser no longer has the bytes; the same file has to be chosen again. */
export type Progress = 'waiting' | 'sending' | 'paused' | 'lost' | 'done' | 'failed'

export interface Sending {
  key: string
  name: string
  size: number
  sent: number
  progress: Progress
  /** Why it failed, or what is worth knowing. */
  note: string
  /** Another try may help: the server, not the file. */
  mayRetry: boolean
  evidenceId?: string | undefined
}

interface Held { record: Kept, file?: File | undefined, ready: Promise<unknown>, stop?: AbortController }

export const isGoing = (one: Sending): boolean => one.progress === 'sending' || one.progress === 'waiting'
const isUnfinished = (one: Sending) => isGoing(one) || one.progress === 'paused' || one.progress === 'lost'

export function useList() {
  const all = ref<Sending[]>([])
  const held = new Map<string, Held>()
  const sending = computed(() => all.value.filter(isGoing))
  const unfinished = computed(() => all.value.filter(isUnfinished))

  function hold(record: Kept, file: File | undefined, ready: Promise<unknown>): void {
    held.set(record.key, { record, file, ready })
    const { key, name, size, wanted: { evidenceId } } = record
    all.value.push({ key, name, size, sent: 0, progress: file ? 'waiting' : 'lost', note: '', mayRetry: false, evidenceId })
  }

  /** Takes what is over out of the list. */
  function clear(): void {
    for (const one of all.value.filter(each => !isUnfinished(each))) held.delete(one.key)
    all.value = [...unfinished.value]
  }

  /** Another person sits down here: nothing of the one before goes on; it waits in this browser. */
  function leave(): void {
    const stopped = [...held.values()]
    held.clear()
    all.value = []
    for (const one of stopped) one.stop?.abort()
  }

  /** The upload that waits for just this file. */
  const findLost = (name: string, print: string) => all.value.find(one => one.progress === 'lost' && one.name === name && held.get(one.key)?.record.print === print)
  const find = (key: string) => all.value.find(one => one.key === key)
  return { all, held, sending, unfinished, hold, clear, leave, find, findLost }
}
