import { effectScope, nextTick } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newKey } from '@/core/api/keys'
import type { JudgementPublic } from '@/core/api/schema'
import { owner } from '@/core/owner'
import { serve } from '../../../tests/server'
import { unsentOf, useJudging } from './judging'

const JUDGEMENT: JudgementPublic = {
  id: 'j1', sheet_id: 's1', criterion_id: 'c1', doubt: false, note: '旧', deductions: [], lost: '0', score: '2', version: 3, updated_at: '2026-12-01T02:00:00Z',
}
let scope = effectScope()
beforeEach(() => {
  scope = effectScope()
  owner.id = newKey()
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})
const open = () => scope.run(() => useJudging({ sheet: 's1', criterion: 'c1', judgement: JUDGEMENT, saved: () => undefined }))!
const stale = { status: 412, body: { detail: '内容已修改' } }

test('what another window of the sheet wrote elsewhere in the item is kept beside what is typed here', async () => {
  const { draft, save, conflict } = open()
  draft.value = { ...draft.value, note: '我的' }
  await nextTick()
  const asked = serve(stale, { status: 200, body: { judgements: [{ ...JUDGEMENT, doubt: true, version: 4 }] } }, { status: 200, body: { ...JUDGEMENT, version: 5 } })
  expect(await save()).toBe(true)
  expect(JSON.parse(asked[2]!.body!)).toMatchObject({ note: '我的', doubt: true })
  expect(asked[2]!.headers.get('if-match')).toBe('"4"')
  expect(conflict.value).toBeUndefined()
})

test('what both changed is asked, and written as it was chosen', async () => {
  const { draft, save, conflict, settle } = open()
  draft.value = { ...draft.value, note: '我的' }
  await nextTick()
  const asked = serve(stale, { status: 200, body: { judgements: [{ ...JUDGEMENT, note: '另一窗口', version: 4 }] } }, { status: 200, body: { ...JUDGEMENT, version: 5 } })
  expect(await save()).toBe(false)
  expect(conflict.value?.theirs.note).toBe('另一窗口')
  expect(draft.value.note).toBe('我的')
  await settle({ ...draft.value, note: '商定' })
  expect(JSON.parse(asked[2]!.body!)).toMatchObject({ note: '商定' })
  expect(asked[2]!.headers.get('if-match')).toBe('"4"')
})

test('of two deductions written in two windows both stay', async () => {
  const { draft, save, conflict } = open()
  const deduction = (clause_number: number) => ({ clause: `条款${clause_number}`, clause_number, times: 1, points: '0.50', fact: '事实', absence: '记录', evidence_id: null })
  draft.value = { ...draft.value, deductions: [deduction(1)] }
  await nextTick()
  const there = { ...JUDGEMENT, version: 4, deductions: [{ ...deduction(2), id: 'd', evidence_title: '', inspector: '甲' }] }
  const asked = serve(stale, { status: 200, body: { judgements: [there] } }, { status: 200, body: { ...JUDGEMENT, version: 5 } })
  expect(await save()).toBe(true)
  expect(conflict.value).toBeUndefined()
  expect((JSON.parse(asked[2]!.body!) as { deductions: { clause_number: number }[] }).deductions.map(one => one.clause_number)).toEqual([1, 2])
})

test('what never reached the server is there again when the item is opened', async () => {
  const first = open()
  first.draft.value = { ...first.draft.value, doubt: true, note: '写了一半' }
  await nextTick()
  serve('lost')
  await first.save()
  scope.stop()
  scope = effectScope()
  const items = ['c1', 'c2'].map(criterion_id => ({ criterion_id, code: criterion_id, title: '', dimension: 'A', points: '2' }))
  expect((await unsentOf('s1', items)).map(one => one.code)).toEqual(['c1'])
  const second = open()
  await vi.waitFor(() => expect(second.draft.value.note).toBe('写了一半'))
})
