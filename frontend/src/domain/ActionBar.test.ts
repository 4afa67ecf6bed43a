import { createPinia } from 'pinia'
import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { serve } from '../../tests/server'
import type { Actionable } from '@/core/actions'
import ActionBar from './ActionBar.vue'

afterEach(() => vi.unstubAllGlobals())

const PLAN: Actionable = { id: 'p1', version: 3, state: 'team_review', actions: [
  { name: 'sign', label: '签发', opinion: 'optional', signature: false, blocked: null },
  { name: 'return', label: '退回', opinion: 'required', signature: false, blocked: null },
  { name: 'close', label: '结束', opinion: 'none', signature: true, blocked: '措施未完' },
] }

function bar(props: Partial<{ thing: Actionable, consequences: Record<string, string>, before: () => Promise<boolean> }> = {}) {
  const page = mount(ActionBar<Actionable>, { props: { resource: 'plans', thing: PLAN, label: '计划操作', ...props }, global: { plugins: [createPinia(), PiniaColada] }, attachTo: document.body })
  const press = async (label: string) => {
    await page.findAll('button').filter(one => one.text() === label).at(-1)!.trigger('click')
    await flushPromises()
  }
  return { page, press }
}

test('buttons are the answer’s actions; a blocked one says why; one is red', () => {
  const { page } = bar()
  expect(page.findAll('button').map(one => one.text())).toEqual(['签发', '退回', '结束'])
  expect(page.get('.blocked').text()).toBe('措施未完')
  expect(page.findAll('.btn.primary').map(one => one.text())).toEqual(['签发'])
})

test('an action goes to its path on top of the version that was seen', async () => {
  const asked = serve({ status: 200, body: { ...PLAN, state: 'in_force', version: 4 } })
  const { page, press } = bar()
  await press('签发')
  expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/v1/plans/p1/sign', body: '{"opinion":""}' })
  expect(asked[0]?.headers.get('if-match')).toBe('"3"')
  expect((page.emitted('done')![0]![0] as { state: string }).state).toBe('in_force')
})

test('what needs an opinion is not sent without one', async () => {
  const asked = serve({ status: 200, body: PLAN })
  const { page, press } = bar()
  await press('退回')
  await press('退回')
  expect(asked).toHaveLength(0)
  expect(page.get('dialog .err').text()).toBe('写明意见')
  await page.get('dialog textarea').setValue('问题 4 没有对照条目')
  await press('退回')
  expect(asked[0]?.body).toBe('{"opinion":"问题 4 没有对照条目"}')
})

test('what cannot be taken back is asked first, and a refusal stays in the dialog with what was written', async () => {
  serve({ status: 409, body: { detail: '计划已经变化，请刷新。' } })
  const { page, press } = bar({ consequences: { sign: '签发后不能再改。' } })
  await press('签发')
  expect(page.get('dialog').text()).toContain('签发后不能再改。')
  await page.get('dialog textarea').setValue('同意')
  await press('签发')
  expect(page.get('dialog [role="alert"]').text()).toContain('计划已经变化')
  expect(page.get<HTMLTextAreaElement>('dialog textarea').element.value).toBe('同意')
})

test('a signature asks first, without asking for an opinion where none is taken', async () => {
  const asked = serve({ status: 200, body: PLAN })
  const { page, press } = bar({ thing: { ...PLAN, actions: [{ name: 'sign', label: '签发', opinion: 'none', signature: true }] } })
  await press('签发')
  expect(asked).toHaveLength(0)
  expect(page.find('dialog textarea').exists()).toBe(false)
  await press('签发')
  expect(asked).toHaveLength(1)
})

test('an unsaved draft stops the action', async () => {
  const asked = serve()
  const { press } = bar({ before: () => Promise.resolve(false) })
  await press('签发')
  expect(asked).toHaveLength(0)
})
