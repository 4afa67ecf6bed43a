import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from './api/problem'
import { type DraftOptions, useDraft } from './draft'
import { local } from './local'

interface Text { goals: string, basis: string }
const OLD: Text = { goals: '旧', basis: '文件' }
let scope = effectScope()
beforeEach(() => { scope = effectScope() })
afterEach(async () => {
  scope.stop()
  await local.remove('plan/1')
})

function draft(save: DraftOptions<Text>['save'], now: Text = OLD, version = 7) {
  const values = ref<Text>({ ...OLD })
  return scope.run(() => useDraft({ key: 'plan/1', values, version: 3, save, latest: () => Promise.resolve({ values: now, version }), delay: 60_000 }))!
}

test('what is typed goes to the server on top of the version that was read', async () => {
  const save = vi.fn(() => Promise.resolve(4))
  const { values, flush, state, version } = draft(save)
  values.value.goals = '新'
  await nextTick()
  expect(state.value).toBe('dirty')
  expect(await flush()).toBe(true)
  expect(save).toHaveBeenCalledWith({ ...OLD, goals: '新' }, 3)
  expect(version()).toBe(4)
  expect(state.value).toBe('saved')
})

test('nothing is sent where nothing changed', async () => {
  const save = vi.fn(() => Promise.resolve(4))
  expect(await draft(save).flush()).toBe(true)
  expect(save).not.toHaveBeenCalled()
})

test('a lost connection leaves a copy here, which the next sitting can take up', async () => {
  const first = draft(() => Promise.reject(new Problem(0, {})))
  first.values.value.goals = '写了一半'
  await nextTick()
  expect(await first.flush()).toBe(false)
  expect(first.state.value).toBe('offline')
  const second = draft(() => Promise.resolve(4))
  await vi.waitFor(() => expect(second.leftOver.value?.values.goals).toBe('写了一半'))
  await second.resume(true)
  expect(second.values.value.goals).toBe('写了一半')
})

test('where both changed the same, the person settles it onto the new version', async () => {
  const save = vi.fn().mockRejectedValueOnce(new Problem(412, { detail: '已被改过' })).mockResolvedValueOnce(8)
  const { values, flush, state, conflict, settle } = draft(save, { ...OLD, goals: '他的' })
  values.value.goals = '我的'
  await nextTick()
  await flush()
  expect(state.value).toBe('conflict')
  expect(conflict.value).toMatchObject({ base: OLD, theirs: { goals: '他的' }, who: '已被改过' })
  expect(values.value.goals).toBe('我的')
  expect(await flush()).toBe(false)
  expect(await settle({ ...OLD, goals: '商定的' })).toBe(true)
  expect(save).toHaveBeenLastCalledWith({ ...OLD, goals: '商定的' }, 7)
})

test('where each changed something else, both are kept and saved without a question', async () => {
  const save = vi.fn().mockRejectedValueOnce(new Problem(412, {})).mockResolvedValueOnce(8)
  const { values, flush, state } = draft(save, { ...OLD, basis: '新文件' })
  values.value.goals = '我的'
  await nextTick()
  expect(await flush()).toBe(true)
  expect(state.value).toBe('saved')
  expect(save).toHaveBeenLastCalledWith({ goals: '我的', basis: '新文件' }, 7)
  expect(values.value).toEqual({ goals: '我的', basis: '新文件' })
})

test('settled as theirs, nothing is sent and no copy is left', async () => {
  const save = vi.fn().mockRejectedValueOnce(new Problem(412, {}))
  const theirs = { ...OLD, goals: '他的' }
  const { values, flush, state, settle } = draft(save, theirs)
  values.value.goals = '我的'
  await nextTick()
  await flush()
  expect(await settle(theirs)).toBe(true)
  expect(save).toHaveBeenCalledOnce()
  expect(state.value).toBe('saved')
  expect(await local.get('plan/1')).toBeUndefined()
})

test('a copy found again is never laid silently over what others wrote since', async () => {
  await local.put('plan/1', { values: { ...OLD, goals: '我的' }, base: { ...OLD, goals: '更旧' }, at: '2026-11-23T06:32:00Z' })
  const save = vi.fn(() => Promise.resolve(4))
  const { values, leftOver, resume, conflict, state } = draft(save)
  await vi.waitFor(() => expect(leftOver.value).toBeDefined())
  await resume(true)
  expect(values.value.goals).toBe('我的')
  expect(state.value).toBe('conflict')
  expect(conflict.value?.theirs.goals).toBe('旧')
})

test('a copy thrown away can be put back', async () => {
  const copy = { values: { ...OLD, goals: '我的' }, base: OLD, at: '2026-11-23T06:32:00Z' }
  await local.put('plan/1', copy)
  const { leftOver, resume, putBack } = draft(() => Promise.resolve(4))
  await vi.waitFor(() => expect(leftOver.value).toBeDefined())
  await resume(false)
  expect(await local.get('plan/1')).toBeUndefined()
  await putBack(copy)
  expect(leftOver.value).toEqual(copy)
})
