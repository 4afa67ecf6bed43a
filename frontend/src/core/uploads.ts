/**
 * Files on their way up while people go on working: the queue outlives the page that filled it, a cut of the network
 * (it waits and goes on by itself) and a reload (what is kept in this browser is taken up again).
 */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { newKey } from './api/keys'
import { asProblem, Problem } from './api/problem'
import { owner } from './owner'
import { useRefresh } from './query'
import { endUpload, sendFile } from './upload'
import { type Kept, kept, type Wanted } from './uploadKept'
import { isGoing, type Progress, type Sending, useList } from './uploadList'
import { nameOf, useLost } from './uploadLost'
import { useOwning } from './uploadOwner'
import { hasArrived, keep, register, sameAs, takeBack } from './uploadSteps'
import { useWait } from './uploadWait'
import { isUploading, noteUnfinished } from './uploading'

export type { Progress, Sending }

const AT_ONCE = 4
const SETTLE_MS = 400
const TOUCHED = ['evidence', 'evidence-matrix', 'evidence-summary', 'evidence-manifests', 'todos']
/** Busy, locked, asked too often: the same thing later. */
const LATER = [423, 429]
/** After a stop the server still writes down what had come. */
const STOPPING_MS = 500

export const useUploads = defineStore('uploads', () => {
  const list = useList()
  const { all, held, sending, unfinished, hold, find } = list
  const { cut, wait, arrived } = useWait(work)
  const refresh = useRefresh()
  const { reopen, supply, look } = useLost(list, work)
  const owning = useOwning(() => void restore())
  /** Another window of this browser is sending something. */
  const isElsewhere = ref(false)
  let settling: ReturnType<typeof setTimeout> | undefined

  function settle(): void {
    noteUnfinished(owner.id, isElsewhere.value || unfinished.value.length > 0)
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
        onSaved: (saved) => { one.saved = saved },
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
    if (progress === 'done') owning.release([one.key])
    settle()
  }

  async function fail(one: Sending, record: Kept, problem: Problem): Promise<void> {
    if (problem.code === 'evidence.receive.state') {
      const known = await hasArrived(record).catch(asProblem)
      if (known instanceof Problem) return fail(one, record, known)
      if (known) return end(one, 'done', '')
    }
    if (problem.isUnanswered || LATER.includes(problem.status)) {
      if (one.progress === 'sending') Object.assign(one, { progress: 'waiting', sent: one.saved })
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
      hold(record, file, owning.own(record.key).then(() => keep(record, file)))
    }
    isUploading.value = true
    settle()
    work()
  }

  /** Takes up what an earlier page of this person left, except what another window has. */
  async function restore(): Promise<void> {
    const left = (await kept.all()).map(one => one.key).filter(key => !held.has(key))
    const mine = await owning.claim(left)
    isElsewhere.value = mine.length < left.length
    // Read anew: what another window had may have arrived before it let go.
    for (const record of (await kept.all()).filter(one => mine.includes(one.key) && !held.has(one.key))) hold(record, await kept.bytes(record.key), Promise.resolve())
    await reopen(false)
    settle()
    for (const one of all.value.filter(each => each.progress === 'lost')) void look(one)
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
    Object.assign(one, { progress: 'paused', sent: one.saved })
    held.get(key)!.stop?.abort()
    setTimeout(() => void look(one), STOPPING_MS)
    work()
  }

  /** Gives an upload up; with `back` what was registered for it is taken back, too. Throws a `Problem` where that is refused. */
  async function drop(key: string, back: boolean): Promise<void> {
    pause(key)
    const { record } = held.get(key)!
    if (record.url) await endUpload(record.url)
    if (back) await takeBack(record)
    held.delete(key)
    all.value = all.value.filter(one => one.key !== key)
    await kept.remove(key)
    owning.release([key])
    settle()
  }

  const clear = () => owning.release(list.clear())
  const leave = () => owning.release(list.leave())

  window.addEventListener('beforeunload', (event) => {
    if (!sending.value.length) return
    event.preventDefault()
    event.returnValue = '' // what older kernels go by
  })
  return { all, cut, sending, unfinished, isElsewhere, add, restore, reopen, supply, resume, pause, drop, clear, leave }
})
