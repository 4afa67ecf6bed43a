/** Files on their way up while people go on working: the queue outlives the page that filled it. */
import { defineStore } from 'pinia'
import { computed, ref, shallowReactive } from 'vue'
import { asProblem, Problem } from './api/problem'
import { putFile } from './upload'
import { isUploading } from './uploading'

export type Progress = 'waiting' | 'sending' | 'done' | 'failed' | 'stopped'

/** Where the bytes go: found out once, kept for further tries. */
export interface Target { url: string, version: number }

export interface Job<T> {
  file: File
  prepare: () => Promise<Target>
  /** What follows a success: refresh lists, tell what the server found. Gives a note for the dock. */
  done: (answer: T) => Promise<string> | string
}

export interface Sending {
  key: number
  name: string
  size: number
  sent: number
  progress: Progress
  /** Why it failed, or what is worth knowing. */
  note: string
  /** Another try may help: the network or the server, not the file. */
  mayRetry: boolean
}

const AT_ONCE = 2

export const useUploads = defineStore('uploads', () => {
  const all = ref<Sending[]>([])
  const jobs = new Map<number, { job: Job<unknown>, target?: Target, stop?: AbortController }>()
  const sending = computed(() => all.value.filter(one => one.progress === 'sending' || one.progress === 'waiting'))
  let next = 1

  async function send(one: Sending): Promise<void> {
    const held = jobs.get(one.key)!
    held.stop = new AbortController()
    Object.assign(one, { progress: 'sending', sent: 0, note: '' })
    try {
      held.target ??= await held.job.prepare()
      const { url, version } = held.target
      const answer = await putFile(url, held.job.file, { ifMatch: version, signal: held.stop.signal, onProgress: (sent) => { one.sent = sent } })
      one.note = await held.job.done(answer)
      Object.assign(one, { progress: 'done', sent: one.size })
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') one.progress = 'stopped'
      else {
        const problem = error instanceof Problem ? error : asProblem(error)
        Object.assign(one, { progress: 'failed', note: problem.message, mayRetry: problem.isUnanswered })
      }
    }
    work()
  }

  function work(): void {
    const free = AT_ONCE - all.value.filter(one => one.progress === 'sending').length
    for (const one of all.value.filter(each => each.progress === 'waiting').slice(0, Math.max(free, 0))) void send(one)
  }

  function add<T>(job: Job<T>): void {
    const key = next++
    jobs.set(key, shallowReactive({ job: job as Job<unknown> }))
    all.value.push({ key, name: job.file.name, size: job.file.size, sent: 0, progress: 'waiting', note: '', mayRetry: false })
    isUploading.value = true
    work()
  }

  function retry(key: number): void {
    const one = all.value.find(each => each.key === key)
    if (one) one.progress = 'waiting'
    work()
  }

  function stop(key: number): void {
    const one = all.value.find(each => each.key === key)
    if (one?.progress === 'waiting') one.progress = 'stopped'
    jobs.get(key)?.stop?.abort()
  }

  /** Takes what is over out of the list. */
  function clear(): void {
    for (const one of all.value.filter(each => !sending.value.includes(each))) jobs.delete(one.key)
    all.value = [...sending.value]
  }

  window.addEventListener('beforeunload', (event) => { if (sending.value.length) event.preventDefault() })
  return { all, sending, add, retry, stop, clear }
})
