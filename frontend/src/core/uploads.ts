/**
 * Files on their way up while people go on working: the queue outlives the page that filled it, a cut of the network
 * (it waits and goes on by itself) and a reload (what is kept in this browser is taken up again).
 */
import { defineStore } from 'pinia'
import { newKey } from './api/keys'
import { asProblem, Problem } from './api/problem'
import { owner } from './owner'
import { useRefresh } from './query'
import { endUpload, sendFile } from './upload'
import { holdTogether, type Kept, kept, printOf, type Wanted } from './uploadKept'
import { isGoing, type Progress, type Sending, useList } from './uploadList'
import { hasArrived, keep, register, sameAs } from './uploadSteps'
import { useWait } from './uploadWait'
import { isUploading, noteUnfinished } from './uploading'

export type { Progress, Sending }

const AT_ONCE = 4
const ASK_OTHERS_MS = 250
const SETTLE_MS = 400
const TOUCHED = ['evidence', 'evidence-matrix', 'evidence-summary', 'evidence-manifests', 'todos']
/** Busy, locked, asked too often: the same thing later. */
const LATER = [423, 429]
/** As much of a name as the server takes, with its ending. */
const nameOf = (file: File) => file.name.slice(-200)

export const useUploads = defineStore('uploads', () => {
  const { all, held, sending, unfinished, hold, clear, leave, find, findLost } = useList()
  const { cut, wait, arrived } = useWait(work)
  const refresh = useRefresh()
  const othersHold = holdTogether(() => [...held.keys()])
  let settling: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    noteUnfinished(owner.id, unfinished.value.length > 0)
    settling ??= setTimeout(() => {
      settling = undefined
      void refresh(...TOUCHED)
    }, SETTLE_MS)
  }

  async function send(one: Sending): Promise<void> {
    const mine = held.get(one.key)!
    mine.stop = new AbortController()
    Object.assign(one, { progress: 'sending', note: '' })
    try {
      await mine.ready
      const fileId = await register(mine.record)
      one.evidenceId = mine.record.wanted.evidenceId
      await sendFile(mine.file!, {
        fileId, name: one.name, url: mine.record.url, signal: mine.stop.signal,
        onUrl: (url) => {
          mine.record.url = url
          void kept.put(mine.record)
        },
        onProgress: (sent) => { one.sent = sent },
      })
      arrived()
      await end(one, 'done', await sameAs(one.evidenceId))
    } catch (error) {
      if (!(error instanceof DOMException)) await fail(one, mine.record, asProblem(error))
    }
    work()
  }

  async function end(one: Sending, progress: 'done' | 'failed', note: string): Promise<void> {
    Object.assign(one, { progress, note, ...(progress === 'done' && { sent: one.size }) })
    await kept.remove(one.key)
    settle()
  }

  async function fail(one: Sending, record: Kept, problem: Problem): Promise<void> {
    if (problem.code === 'evidence.receive.state') {
      const known = await hasArrived(record).catch(asProblem)
      if (known instanceof Problem) return fail(one, record, known)
      if (known) return end(one, 'done', '')
    }
    if (problem.isUnanswered || LATER.includes(problem.status)) {
      if (one.progress === 'sending') one.progress = 'waiting'
      wait(problem.more.retry_after as number | undefined)
    } else {
      one.mayRetry = problem.status >= 500 || problem.status === 401
      await end(one, 'failed', problem.message)
    }
  }

  function work(): void {
    if (cut.value) return
    const free = AT_ONCE - all.value.filter(one => one.progress === 'sending').length
    for (const one of all.value.filter(each => each.progress === 'waiting').slice(0, Math.max(free, 0))) void send(one)
  }

  function add(files: readonly { file: File, wanted: Wanted }[]): void {
    for (const { file, wanted } of files) {
      const record: Kept = { key: newKey(), owner: owner.id, name: nameOf(file), size: file.size, print: '', wanted: { ...wanted }, at: Date.now() }
      hold(record, file, keep(record, file))
    }
    isUploading.value = true
    settle()
    work()
  }

  /** Takes up what an earlier page of this person left, unless another window has it. */
  async function restore(): Promise<void> {
    const [left, others] = await Promise.all([kept.all(), othersHold(ASK_OTHERS_MS)])
    for (const record of left.filter(one => !held.has(one.key) && !others.has(one.key))) hold(record, await kept.bytes(record.key), Promise.resolve())
    settle()
    work()
  }

  /** Files chosen again for uploads whose bytes were lost; gives those that are not the same. */
  async function supply(files: readonly File[]): Promise<File[]> {
    const strange: File[] = []
    for (const file of files) {
      const one = findLost(nameOf(file), await printOf(file))
      if (!one) strange.push(file)
      else {
        held.get(one.key)!.file = file
        one.progress = 'waiting'
      }
    }
    work()
    return strange
  }

  function resume(key: string): void {
    const one = find(key)
    if (!one || isGoing(one)) return
    const mine = held.get(key)!
    if (one.progress === 'failed' && mine.file) mine.ready = keep(mine.record, mine.file)
    Object.assign(one, { progress: mine.file ? 'waiting' : 'lost', note: '' })
    settle()
    work()
  }

  function pause(key: string): void {
    const one = find(key)
    if (!one || !isGoing(one)) return
    one.progress = 'paused'
    held.get(key)!.stop?.abort()
    work()
  }

  /** Gives an upload up. What was registered stays registered, and can be withdrawn in the store. */
  async function drop(key: string): Promise<void> {
    pause(key)
    const url = held.get(key)?.record.url
    held.delete(key)
    all.value = all.value.filter(one => one.key !== key)
    await kept.remove(key)
    settle()
    if (url) await endUpload(url)
  }

  window.addEventListener('beforeunload', (event) => {
    if (!sending.value.length) return
    event.preventDefault()
    event.returnValue = '' // what older kernels go by
  })
  return { all, cut, sending, unfinished, add, restore, supply, resume, pause, drop, clear, leave }
})
