import { mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { Problem } from '@/core/api/problem'
import UiPageState from './UiPageState.vue'

afterEach(() => vi.useRealTimers())
const page = (props: Record<string, unknown>) => mount(UiPageState, { props: { data: undefined, problem: undefined, ...props }, slots: { default: '数据', empty: '还没有' } })

test('a short wait shows nothing, a longer one bones', async () => {
  vi.useFakeTimers()
  const shown = page({})
  expect(shown.get('[aria-busy]').text()).toBe('')
  expect(shown.findAll('.bone')).toHaveLength(0)
  vi.advanceTimersByTime(151)
  await nextTick()
  expect(shown.findAll('.bone').length).toBeGreaterThan(0)
})

test('several may wait on one page: none is a landmark, each says so in words', async () => {
  vi.useFakeTimers()
  const shown = mount({ components: { UiPageState }, template: '<UiPageState v-for="one in 2" :key="one" :data="undefined" :problem="undefined" />' })
  vi.advanceTimersByTime(151)
  await nextTick()
  expect(shown.findAll('[aria-busy]').map(one => [one.attributes('role'), one.text()])).toEqual([['status', '正在加载'], ['status', '正在加载']])
})

test('an error says what happened, offers another try and a number to tell', async () => {
  const shown = page({ problem: new Problem(503, { detail: '服务正在重启。', trace_id: '7f3a' }) })
  expect(shown.text()).toContain('服务正在重启。')
  expect(shown.text()).toContain('7f3a')
  await shown.get('button').trigger('click')
  expect(shown.emitted('retry')).toHaveLength(1)
})

test('what is missing or foreign is the same', () => {
  expect(page({ problem: new Problem(404, {}) }).text()).toContain('没有找到')
})

test('an answer with nothing in it is empty; one with something is shown', () => {
  expect(page({ data: [], empty: true }).text()).toBe('还没有')
  expect(page({ data: [1] }).text()).toBe('数据')
})

test('old data stay in sight when a later fetch fails', () => {
  expect(page({ data: [1], problem: new Problem(503, {}) }).text()).toBe('数据')
})
