/**
 * Autosave. What is typed goes to the server a moment later with `If-Match`, and at once to this browser, so that
 * neither a lost connection nor a closed window nor another writer loses a word.
 */
import { onScopeDispose, ref, shallowRef, toRaw, watch, type Ref } from 'vue'
import { asProblem, Problem } from './api/problem'
import { local } from './local'

export type DraftState = 'clean' | 'dirty' | 'saving' | 'saved' | 'offline' | 'conflict' | 'refused'

interface Copy<V> { values: V, version: number, at: string }

export interface DraftOptions<V extends object> {
  /** Where the copy in this browser lies: `plan/${id}`. */
  key: string
  /** What the person edits; watched deeply. Must be plain data. */
  values: Ref<V>
  /** The version that the values were read at. */
  version: number
  /** Writes to the server; gives the new version. */
  save: (values: V, version: number) => Promise<number>
  /** Milliseconds of rest before a save. */
  delay?: number
}

function plain<V>(values: V): V {
  return JSON.parse(JSON.stringify(toRaw(values))) as V
}

export function useDraft<V extends object>(options: DraftOptions<V>) {
  const state = ref<DraftState>('clean')
  const savedAt = ref<Date>()
  const problem = shallowRef<Problem>()
  /** A copy from an earlier sitting that never reached the server. */
  const leftOver = shallowRef<Copy<V>>()
  let version = options.version
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let lastSaved = JSON.stringify(plain(options.values.value))

  async function keepCopy(values: V): Promise<void> {
    const copy: Copy<V> = { values, version, at: new Date().toISOString() }
    await local.put(options.key, copy)
  }

  async function write(): Promise<void> {
    const values = plain(options.values.value)
    state.value = 'saving'
    try {
      version = await options.save(values, version)
      lastSaved = JSON.stringify(values)
      savedAt.value = new Date()
      problem.value = undefined
      const typedMeanwhile = JSON.stringify(plain(options.values.value)) !== lastSaved
      state.value = typedMeanwhile ? 'dirty' : 'saved'
      if (typedMeanwhile) schedule()
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
    if (JSON.stringify(plain(options.values.value)) !== lastSaved) {
      running = write().finally(() => { running = undefined })
      await running
    }
    return state.value === 'clean' || state.value === 'saved'
  }

  function schedule(delay = options.delay ?? 1500): void {
    clearTimeout(timer)
    timer = setTimeout(() => { void flush() }, delay)
  }

  /** After a conflict was settled by the person: what to write, on top of which version. */
  async function settle(values: V, onto: number): Promise<boolean> {
    version = onto
    options.values.value = values
    lastSaved = ''
    return flush()
  }

  /** Takes up the copy of an earlier sitting, or drops it. */
  async function resume(take: boolean): Promise<void> {
    const copy = leftOver.value
    leftOver.value = undefined
    if (take && copy) options.values.value = copy.values
    else await local.remove(options.key)
  }

  watch(options.values, () => {
    if (JSON.stringify(plain(options.values.value)) === lastSaved) return
    state.value = 'dirty'
    void keepCopy(plain(options.values.value))
    schedule()
  }, { deep: true })

  void local.get<Copy<V>>(options.key).then((copy) => {
    if (copy && JSON.stringify(copy.values) !== lastSaved) leftOver.value = copy
  })

  const again = () => { if (state.value === 'offline') schedule(0) }
  window.addEventListener('online', again)
  onScopeDispose(() => {
    window.removeEventListener('online', again)
    if (state.value === 'dirty') void flush()
    else clearTimeout(timer)
  })

  return { state, savedAt, problem, leftOver, flush, settle, resume, version: () => version }
}
