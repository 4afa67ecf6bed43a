import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { newKey } from '@/core/api/keys'
import { owner } from '@/core/owner'
import SignDialog from './SignDialog.vue'

const ACTION = { name: 'return', label: '退回', opinion: 'required', signature: false } as const

async function open(props: Record<string, unknown> = {}) {
  const page = mount(SignDialog, { props: { action: ACTION, about: 'p1', ...props }, attachTo: document.body })
  await settle()
  return page
}
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => { setTimeout(resolve) })
  await flushPromises()
}
const written = (page: Awaited<ReturnType<typeof open>>) => page.get<HTMLTextAreaElement>('textarea').element.value

beforeEach(() => { owner.id = newKey() })

test('an opinion that was not sent is found again, at its own thing only', async () => {
  const before = await open()
  await before.get('textarea').setValue('问题 4 没有对照条目')
  await settle()
  before.unmount()
  expect(written(await open({ about: 'p2' }))).toBe('')
  expect(written(await open())).toBe('问题 4 没有对照条目')
})

test('what was refused is found again, what was carried out is not', async () => {
  const refused = await open()
  await refused.get('textarea').setValue('请补依据')
  await refused.findAll('button').at(-1)!.trigger('click')
  await refused.setProps({ failed: '计划已经变化' })
  await settle()
  refused.unmount()
  const again = await open()
  expect(written(again)).toBe('请补依据')
  await again.findAll('button').at(-1)!.trigger('click')
  await settle()
  expect(again.emitted('confirm')).toEqual([['请补依据']])
  again.unmount()
  await settle()
  expect(written(await open())).toBe('')
})
