/**
 * Autosave. What is typed goes to the server a moment later with `If-Match`, and at once to this browser, so that
 * neither a lost connection nor a closed window nor another writer loses a word. Where somebody else wrote meanwhile, the
 * two are laid together field by field, and only what both changed waits for the person (`conflict`).
 */
import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import { asProblem, Problem } from './api/problem'
import { local } from './local'
import { clone, merge, same } from './merge'

export type DraftState = 'clean' | 'dirty' | 'saving' | 'saved' | 'offline' | 'conflict' | 'refused'

interface Copy<V> { values: V, base: V, at: string }

/** What stands on the server now. */
export interface Latest<V> { values: V, version: number }

export interface Conflict<V> { base: V, theirs: V, version: number, who: string }

export interface DraftOptions<V extends object> {
  /** Where the copy in this browser lies: `plan/${id}`. */
  key: string
  /** What the person edits; watched deeply. Must be plain data. */
  values: Ref<V>
  /** The version that the values were read at. */
  version: number
  /** Writes to the server; gives the new version. */
  save: (values: V, version: number) => Promise<number>
  /** Reads it anew, when somebody else wrote meanwhile. */
  latest: () => Promise<Latest<V>>
  /** Milliseconds of rest before a save. */
  delay?: number
}

export function useDraft<V extends object>(options: DraftOptions<V>) {
  const state = ref<DraftState>('clean')
  const savedAt = ref<Date>()
  const problem = shallowRef<Problem>()
  /** A copy from an earlier sitting that never reached the server. */
  const leftOver = shallowRef<Copy<V>>()
  const conflict = shallowRef<Conflict<V>>()
  let version = options.version
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  /** What the server has, as far as is known here. */
  let base = clone(options.values.value)

  const isTyped = () => !same(options.values.value, base)

  async function keepCopy(): Promise<void> {
    const copy: Copy<V> = clone({ values: options.values.value, base, at: new Date().toISOString() })
    await local.put(options.key, copy)
  }

  /** Lays what is typed on top of what stands there now; false where both changed the same. */
  async function rebase(stale: Problem): Promise<boolean> {
    const now = await options.latest()
    const { values, both } = merge(base, clone(options.values.value), now.values)
    if (both.length) {
      conflict.value = { base, theirs: now.values, version: now.version, who: stale.message }
      return false
    }
    version = now.version
    base = now.values
    options.values.value = values
    return true
  }

  async function send(mayRebase: boolean): Promise<void> {
    const values = clone(options.values.value)
    try {
      version = await options.save(values, version)
      base = values
    } catch (error) {
      const stale = asProblem(error)
      if (!stale.isStale || !mayRebase || !await rebase(stale)) throw stale
      await send(false)
    }
  }

  async function write(): Promise<void> {
    state.value = 'saving'
    try {
      await send(true)
      savedAt.value = new Date()
      problem.value = undefined
      state.value = isTyped() ? 'dirty' : 'saved'
      if (isTyped()) schedule()
      else await local.remove(options.key)
    } catch (error) {
      problem.value = asProblem(error)
      state.value = problem.value.isStale ? 'conflict' : problem.value.isUnanswered ? 'offline' : 'refused'
      if (state.value === 'offline') schedule(10_000)
    }
  }

  /** Saves now (Ctrl+S, before a transition). Resolves when the server has it or `state` says why not. */
  async function flush(): Promise<boolean> {
    clearTimeout(timer)
    await running
    if (conflict.value) return false // the person settles it first
    if (isTyped()) {
      running = write().finally(() => { running = undefined })
      await running
    }
    return state.value === 'clean' || state.value === 'saved'
  }

  function schedule(delay = options.delay ?? 1500): void {
    clearTimeout(timer)
    timer = setTimeout(() => { void flush() }, delay)
  }

  /** The person settled the conflict: this is written on top of what stands there now. */
  async function settle(values: V): Promise<boolean> {
    if (!conflict.value) return flush()
    version = conflict.value.version
    base = conflict.value.theirs
    conflict.value = undefined
    options.values.value = values
    if (isTyped()) return flush()
    state.value = 'saved' // all theirs
    await local.remove(options.key)
    return true
  }

  /** Takes up the copy of an earlier sitting, on top of what stands there now, or drops it. */
  async function resume(take: boolean): Promise<void> {
    const copy = leftOver.value
    leftOver.value = undefined
    if (!copy) return
    if (!take) return void await local.remove(options.key)
    const theirs = clone(base)
    const { values, both } = merge(copy.base, copy.values, theirs)
    options.values.value = values
    if (both.length) {
      conflict.value = { base: copy.base, theirs, version, who: '' }
      state.value = 'conflict'
    }
  }

  /** Puts a dropped copy back. */
  async function putBack(copy: Copy<V>): Promise<void> {
    await local.put(options.key, copy)
    leftOver.value = copy
  }

  watch(options.values, () => {
    if (!isTyped()) return
    void keepCopy()
    if (conflict.value) return
    state.value = 'dirty'
    schedule()
  }, { deep: true })

  void local.get<Copy<V>>(options.key).then((copy) => {
    if (copy && !same(copy.values, base)) leftOver.value = copy
  })

  const again = () => { if (state.value === 'offline') schedule(0) }
  window.addEventListener('online', again)
  onScopeDispose(() => {
    window.removeEventListener('online', again)
    if (state.value === 'dirty') void flush()
    else clearTimeout(timer)
  })

  return { values: options.values, state, savedAt, problem, leftOver, conflict, flush, settle, resume, putBack, version: () => version }
}

export type Draft<V extends object> = ReturnType<typeof useDraft<V>>
