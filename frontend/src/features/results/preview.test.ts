import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { createPinia, setActivePinia } from 'pinia'
import type { Node, Outcome } from '@/core/api/schema'
import { serve } from '../../../tests/server'
import { type Draft, emptyLine } from './corrections'
import { usePreview } from './preview'

const item: Node = { kind: 'item', missing: false, code: 'A1', label: '学习', of: '2', got: '2', lost: '0', formula: '', note: '' }
const outcome: Outcome = { total: '95', grade: '好', grade_reason: '', findings: 0, tree: { ...item, kind: 'total', code: '', children: [item] } }
const PREVIEW = { total: '94', grade: '好', before_total: '95', before_grade: '好', changes: { parts: [], dimensions: [], items: [] } }
const line = (value: string) => ({ code: 'A1', value, reason: '缺一次' })
const scope = effectScope()

function start(first: Draft['items']) {
  const draft = ref<Draft>({ reason: '', items: first, assessments: [] })
  const { seen, refusal } = scope.run(() => usePreview(() => 'r1', () => draft.value, () => outcome))!
  const write = async (items: Draft['items']) => {
    draft.value = { ...draft.value, items }
    await nextTick()
  }
  return { seen, refusal, write }
}

beforeEach(() => {
  setActivePinia(createPinia())
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('asks what the lines come to once they are whole and the hand rests', async () => {
  const asked = serve({ status: 200, body: PREVIEW })
  const { seen, write } = start([emptyLine()])
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked).toEqual([])

  await write([line('0.5')])
  await vi.advanceTimersByTimeAsync(200)
  await write([line('1')])
  await vi.advanceTimersByTimeAsync(1000)

  expect(asked.map(one => JSON.parse(one.body!) as unknown)).toEqual([{ items: [{ code: 'A1', lost: '1', reason: '缺一次' }], assessments: [] }])
  expect(seen.value).toEqual(PREVIEW)
})

it('shows nothing of an older writing, and why there is nothing to show', async () => {
  serve({ status: 200, body: PREVIEW }, { status: 422, body: { code: 'correction.nothing', detail: '没有可更正的。' } })
  const { seen, refusal, write } = start([line('1')])
  await vi.advanceTimersByTimeAsync(1000)
  expect(seen.value).toEqual(PREVIEW)

  await write([line('0')])
  expect(seen.value).toBeUndefined()
  await vi.advanceTimersByTimeAsync(1000)
  expect([seen.value, refusal.value]).toEqual([undefined, '没有可更正的。'])
})
