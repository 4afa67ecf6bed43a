/**
 * The word on one item, saved by itself: at once to this browser, to the server as soon as its deductions have all
 * their parts. An item nobody touched stays unjudged until it is confirmed.
 */
import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { call } from '@/core/api/call'
import { asProblem, type Problem } from '@/core/api/problem'
import type { JudgementPublic, SheetItem } from '@/core/api/schema'
import type { Conflict, DraftState } from '@/core/draft'
import { local } from '@/core/local'
import { changed, clone, merge } from '@/core/merge'
import { bodyOf, type Draft, draftFrom, draftOf, fieldsOf, isBlank, isComplete } from './model'

const REST = 1200
const RETRY = 10_000

interface Copy { draft: Draft, base: Draft, version: number }

const keyOf = (sheet: string, criterion: string) => `sheet/${sheet}/${criterion}`

/** Items of which this browser has a writing that the server never took. */
export async function unsentOf(sheet: string, items: readonly SheetItem[]): Promise<SheetItem[]> {
  const copies = await Promise.all(items.map(one => local.get<Copy>(keyOf(sheet, one.criterion_id))))
  return items.filter((_, at) => copies[at] && changed(copies[at].base, copies[at].draft).length > 0)
}

export interface JudgingOptions {
  sheet: string
  criterion: string
  judgement: JudgementPublic | undefined
  saved: (judgement: JudgementPublic) => void
}

export function useJudging(options: JudgingOptions) {
  const draft = ref(draftOf(options.judgement))
  const state = ref<DraftState>('clean')
  const savedAt = ref<Date>()
  const problem = shallowRef<Problem>()
  const conflict = shallowRef<Conflict<Draft>>()
  const key = keyOf(options.sheet, options.criterion)
  const path = { id: options.sheet, criterion_id: options.criterion }
  let version = options.judgement?.version ?? 0
  let known = JSON.stringify(draft.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined

  const text = () => JSON.stringify(draft.value)
  const base = () => JSON.parse(known) as Draft

  /** The same sheet was written in another window: what only one side changed is kept, what both changed is asked. */
  async function compare(stale: Problem): Promise<boolean> {
    const sheet = await call('sheet_get', { path: { id: options.sheet } })
    const there = sheet.judgements.find(one => one.criterion_id === options.criterion)
    const theirs = draftOf(there)
    const mine = clone(draft.value)
    const { values, both } = merge(fieldsOf(base()), fieldsOf(mine), fieldsOf(theirs))
    if (both.length) conflict.value = { base: base(), theirs, version: there?.version ?? 0, who: stale.message }
    else {
      version = there?.version ?? 0
      known = JSON.stringify(theirs)
      draft.value = draftFrom(values, mine, theirs)
    }
    return !both.length
  }

  async function write(mayCompare = true): Promise<void> {
    const sent = text()
    state.value = 'saving'
    try {
      const judgement = await call('judgement_put', { path, body: bodyOf(JSON.parse(sent) as Draft), ifMatch: version })
      version = judgement.version
      known = sent
      problem.value = undefined
      savedAt.value = new Date()
      options.saved(judgement)
      state.value = text() === sent ? 'saved' : 'dirty'
      if (state.value === 'saved') await local.remove(key)
      else schedule()
    } catch (error) {
      const refusal = asProblem(error)
      const unread = (reason: unknown) => !asProblem(reason) // what stands there could not be read: the refusal stays
      if (refusal.isStale && mayCompare && await compare(refusal).catch(unread)) return write(false)
      problem.value = refusal
      state.value = problem.value.isStale ? 'conflict' : problem.value.isUnanswered ? 'offline' : 'refused'
      if (state.value === 'offline') schedule(RETRY)
    }
  }

  /** Saves now; true when the server has this word on the item. */
  async function save(): Promise<boolean> {
    clearTimeout(timer)
    await running
    if (!isComplete(draft.value)) return false
    if (version === 0 || text() !== known) {
      running = write().finally(() => { running = undefined })
      await running
    }
    return version > 0 && text() === known
  }

  /** The person chose: this is written on top of what stands there now. */
  async function settle(chosen: Draft): Promise<void> {
    if (!conflict.value) return
    version = conflict.value.version
    known = JSON.stringify(conflict.value.theirs)
    conflict.value = undefined
    problem.value = undefined
    draft.value = chosen
    if (text() === known) state.value = 'saved'
    else await save()
  }

  function schedule(delay = REST): void {
    clearTimeout(timer)
    timer = setTimeout(() => { void save() }, delay)
  }

  watch(draft, () => {
    clearTimeout(timer)
    if (text() === known) return
    state.value = 'dirty'
    const copy: Copy = { draft: clone(draft.value), base: base(), version }
    void local.put(key, copy)
    if (isComplete(draft.value) && !(version === 0 && isBlank(draft.value))) schedule()
  }, { deep: true })

  void local.get<Copy>(key).then(async (copy) => {
    if (!copy || text() !== known) return
    if (JSON.stringify(copy.draft) === known) return void await local.remove(key)
    // Written on another state of the sheet: it is saved as such, so that the two are compared.
    version = copy.version
    known = JSON.stringify(copy.base)
    draft.value = copy.draft
  })

  const again = () => { if (state.value === 'offline') schedule(0) }
  window.addEventListener('online', again)

  onScopeDispose(() => {
    window.removeEventListener('online', again)
    clearTimeout(timer)
    if (state.value === 'dirty' && !isBlank(draft.value)) void save()
  })

  return { draft, state, savedAt, problem, conflict, save, settle }
}
