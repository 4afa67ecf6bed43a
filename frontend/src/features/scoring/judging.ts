/**
 * The word on one item, saved by itself: at once to this browser, to the server as soon as its deductions have all
 * their parts. An item nobody touched stays unjudged until it is confirmed.
 */
import { onScopeDispose, ref, shallowRef, toRaw, watch } from 'vue'
import { call } from '@/core/api/call'
import { asProblem, type Problem } from '@/core/api/problem'
import type { JudgementPublic } from '@/core/api/schema'
import type { DraftState } from '@/core/draft'
import { local } from '@/core/local'
import { bodyOf, type Draft, draftOf, isBlank, isComplete } from './model'

const REST = 1200
const RETRY = 10_000

interface Copy { draft: Draft, version: number }

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
  const key = `sheet/${options.sheet}/${options.criterion}`
  const path = { id: options.sheet, criterion_id: options.criterion }
  let version = options.judgement?.version ?? 0
  let known = JSON.stringify(draft.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined

  const text = () => JSON.stringify(toRaw(draft.value))

  async function write(): Promise<void> {
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
      problem.value = asProblem(error)
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

  function schedule(delay = REST): void {
    clearTimeout(timer)
    timer = setTimeout(() => { void save() }, delay)
  }

  watch(draft, () => {
    clearTimeout(timer)
    if (text() === known) return
    state.value = 'dirty'
    const copy: Copy = { draft: JSON.parse(text()) as Draft, version }
    void local.put(key, copy)
    if (isComplete(draft.value) && !(version === 0 && isBlank(draft.value))) schedule()
  }, { deep: true })

  void local.get<Copy>(key).then(async (copy) => {
    if (!copy) return
    if (copy.version === version && text() === known) draft.value = copy.draft
    else await local.remove(key)
  })

  onScopeDispose(() => {
    clearTimeout(timer)
    if (state.value === 'dirty' && !isBlank(draft.value)) void save()
  })

  return { draft, state, savedAt, problem, save }
}
