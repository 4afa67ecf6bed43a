import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { readdirSync, readFileSync } from 'node:fs'
import { defineComponent, h, reactive } from 'vue'
import { beforeEach, expect, test, vi } from 'vitest'
import UiForm from '@/kit/UiForm.vue'
import UiInput from '@/kit/UiInput.vue'
import { toasts } from '@/kit/toast'
import { newKey } from './api/keys'
import { Problem } from './api/problem'
import { useForm } from './form'
import { owner } from './owner'

const ID = '0c7f4b52-9a1e-4a53-8f0e-0d8a6f1b2c3d'
interface Values { title: string, place: string, [key: string]: unknown }
const thing = reactive({ id: ID, title: '旧', place: '一楼', version: 1 })
const submit = vi.fn<(values: Values) => Promise<unknown>>()

const Editor = defineComponent({
  __name: 'ThingForm',
  props: { thing: { type: Object, required: true } },
  setup() {
    const form = useForm<Values>({ initial: () => ({ title: thing.title, place: thing.place }), submit })
    return () => h(UiForm, { form }, () => [h(UiInput, form.field('title', '标题')), h(UiInput, form.field('place', '地点'))])
  },
})

async function settle(): Promise<void> {
  await import('@/kit/UiConflict.vue') // which the form fetches when it is needed
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => { setTimeout(resolve) })
  await flushPromises()
}

async function open(): Promise<VueWrapper> {
  const page = mount(Editor, { props: { thing }, attachTo: document.body, global: { plugins: [createPinia(), PiniaColada] } })
  await settle()
  return page
}
const titleOf = (page: VueWrapper) => page.get<HTMLInputElement>('input').element.value
async function type(page: VueWrapper, title: string): Promise<void> {
  await page.get('input').setValue(title)
  await settle()
}
async function send(page: VueWrapper): Promise<void> {
  await page.get('form').trigger('submit')
  await settle()
}

beforeEach(() => {
  owner.id = newKey()
  Object.assign(thing, { title: '旧', place: '一楼', version: 1 })
  submit.mockReset().mockResolvedValue(undefined)
  toasts.value = []
})

test('what was typed is there again after a reload, and the page says so', async () => {
  const before = await open()
  expect(before.text()).not.toContain('已恢复')
  await type(before, '写了一半')
  before.unmount()
  const after = await open()
  expect(titleOf(after)).toBe('写了一半')
  expect(after.text()).toContain('已恢复')
})

test('what the server took is not found again', async () => {
  const before = await open()
  await type(before, '写完了')
  await send(before)
  before.unmount()
  const after = await open()
  expect(titleOf(after)).toBe('旧')
  expect(after.text()).not.toContain('已恢复')
})

test('what the server refused is found again', async () => {
  submit.mockRejectedValue(new Problem(422, { errors: [{ pointer: '/body/title', code: 'x', detail: '太短' }] }))
  const before = await open()
  await type(before, '写')
  await send(before)
  before.unmount()
  expect(titleOf(await open())).toBe('写')
})

test('a draft can be thrown away, and that can be taken back', async () => {
  const before = await open()
  await type(before, '写了一半')
  before.unmount()
  const after = await open()
  await after.findAll('button').find(one => one.text() === '丢弃草稿')!.trigger('click')
  await settle()
  expect(titleOf(after)).toBe('旧')
  toasts.value[0]!.undo!()
  await settle()
  expect(titleOf(after)).toBe('写了一半')
  after.unmount()
  expect(titleOf(await open())).toBe('写了一半')
})

test('nobody finds what another person wrote in the same browser', async () => {
  const before = await open()
  await type(before, '我的')
  before.unmount()
  owner.id = newKey()
  expect(titleOf(await open())).toBe('旧')
})

test('what others write meanwhile appears where nobody here wrote', async () => {
  const page = await open()
  await type(page, '我的')
  thing.place = '五楼'
  await settle()
  expect(page.findAll('input').map(one => one.element.value)).toEqual(['我的', '五楼'])
})

test('a 412 where both wrote different fields needs nobody: both are kept and sent', async () => {
  submit.mockImplementationOnce(() => {
    thing.place = '五楼'
    return Promise.reject(new Problem(412, { detail: '已改' }))
  })
  const page = await open()
  await type(page, '我的')
  await send(page)
  expect(submit).toHaveBeenLastCalledWith({ title: '我的', place: '五楼' })
  expect(submit).toHaveBeenCalledTimes(2)
})

test('a 412 where both wrote the same field asks, and sends what was chosen', async () => {
  submit.mockImplementationOnce(() => {
    Object.assign(thing, { title: '他的', place: '五楼' })
    return Promise.reject(new Problem(412, { detail: '内容已由办公室修改' }))
  })
  const page = await open()
  await type(page, '我的')
  await send(page)
  const dialog = page.get('dialog')
  expect(dialog.text()).toContain('内容已由办公室修改')
  expect(dialog.findAll('legend').map(one => one.text().trim())).toEqual(['标题'])
  await dialog.get('input[value="theirs"]').setValue(true)
  await dialog.findAll('button').at(-1)!.trigger('click')
  await settle()
  expect(submit).toHaveBeenLastCalledWith({ title: '他的', place: '五楼' })
})

test('what is read anew only after the refusal is looked at before the next try', async () => {
  submit.mockImplementationOnce(() => {
    void Promise.resolve().then(() => Promise.resolve()).then(() => { thing.title = '他的' })
    return Promise.reject(new Problem(412, { detail: '已改' }))
  })
  const page = await open()
  await type(page, '我的')
  await send(page)
  expect(submit).toHaveBeenCalledTimes(1)
  expect(page.find('dialog').exists()).toBe(true)
})

test('left for later, what was typed stays, and the next try asks again', async () => {
  submit.mockImplementationOnce(() => {
    thing.title = '他的'
    return Promise.reject(new Problem(412, { detail: '已改' }))
  })
  const page = await open()
  await type(page, '我的')
  await send(page)
  await page.findAll('dialog button').find(one => one.text().startsWith('都留着'))!.trigger('click')
  await settle()
  expect(titleOf(page)).toBe('我的')
  await send(page)
  expect(page.find('dialog').exists()).toBe(true)
  expect(submit).toHaveBeenCalledTimes(1)
})

test('a draft found again is laid on top of what others wrote since, and never silently over it', async () => {
  const before = await open()
  await type(before, '我的')
  before.unmount()
  Object.assign(thing, { title: '他的', place: '五楼' })
  const after = await open()
  expect(after.findAll('input').map(one => one.element.value)).toEqual(['我的', '五楼'])
  await send(after)
  expect(submit).not.toHaveBeenCalled()
  expect(after.get('dialog').text()).toContain('现在的：他的')
})

test('a form that asks for a password keeps no copy of it', () => {
  const forms = readdirSync('src/features', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.vue'))
    .map(name => readFileSync(`src/features/${name}`, 'utf8')).filter(text => text.includes('type="password"'))
  expect(forms.length).toBeGreaterThan(2)
  for (const text of forms) expect(text).toContain('draft: false')
})
