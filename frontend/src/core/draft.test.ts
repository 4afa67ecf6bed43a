import { effectScope, nextTick, ref } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Problem } from './api/problem'
import { type DraftOptions, useDraft } from './draft'
import { local } from './local'

interface Text { goals: string }
let scope = effectScope()
beforeEach(() => { scope = effectScope() })
afterEach(async () => {
  scope.stop()
  await local.remove('plan/1')
})

function draft(save: DraftOptions<Text>['save']) {
  const values = ref<Text>({ goals: '旧' })
  const made = scope.run(() => useDraft({ key: 'plan/1', values, version: 3, save, delay: 60_000 }))!
  return { values, ...made }
}

test('what is typed goes to the server on top of the version that was read', async () => {
  const save = vi.fn(() => Promise.resolve(4))
  const { values, flush, state, version } = draft(save)
  values.value.goals = '新'
  await nextTick()
  expect(state.value).toBe('dirty')
  expect(await flush()).toBe(true)
  expect(save).toHaveBeenCalledWith({ goals: '新' }, 3)
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

test('a stale version is a conflict that the person settles onto the new version', async () => {
  const save = vi.fn().mockRejectedValueOnce(new Problem(412, { detail: '已被改过' })).mockResolvedValueOnce(8)
  const { values, flush, state, settle } = draft(save)
  values.value.goals = '我的'
  await nextTick()
  await flush()
  expect(state.value).toBe('conflict')
  expect(values.value.goals).toBe('我的')
  expect(await settle({ goals: '商定的' }, 7)).toBe(true)
  expect(save).toHaveBeenLastCalledWith({ goals: '商定的' }, 7)
})
