import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { expect, test, vi } from 'vitest'
import UiForm from '@/kit/UiForm.vue'
import UiInput from '@/kit/UiInput.vue'
import { Problem } from './api/problem'
import { useForm } from './form'

function open(submit: (values: { title: string, due_on: string }) => Promise<unknown>) {
  const done = vi.fn()
  const Page = defineComponent(() => {
    const form = useForm({ initial: { title: '', due_on: '2026-09-15' }, check: ({ title }) => ({ title: !title && '写明问题' }), submit })
    return () => h(UiForm, { form, onDone: done }, () => [h(UiInput, form.field('title', '问题')), h(UiInput, form.field('due_on', '完成时限'))])
  })
  const page = mount(Page, { attachTo: document.body })
  return { page, done, send: async () => { await page.get('form').trigger('submit'); await flushPromises() } }
}

test('what can be told here is told here, in the summary and at the field, and takes the focus', async () => {
  const submit = vi.fn()
  const { page, send } = open(submit)
  await send()
  expect(submit).not.toHaveBeenCalled()
  expect(page.get('.errors').text()).toContain('问题：写明问题')
  const input = page.findAll('input')[0]!
  expect(input.attributes('aria-invalid')).toBe('true')
  expect(page.get(`#${input.attributes('aria-describedby')!}`).text()).toBe('写明问题')
  expect(document.activeElement).toBe(page.get('.errors').element)
})

test('a refusal of the server finds its field by the pointer, and nothing typed is lost', async () => {
  const { page, done, send } = open(() => Promise.reject(new Problem(422, { errors: [
    { pointer: '/body/due_on', code: 'date', detail: '没有这一天' }, { pointer: '/body/elsewhere', code: 'x', detail: '别处有误' },
  ] })))
  await page.findAll('input')[0]!.setValue('重答复、轻回访')
  await send()
  expect(page.findAll('.errors a').map(one => one.text())).toEqual(['完成时限：没有这一天'])
  expect(page.get('.errors').text()).toContain('别处有误')
  expect(page.findAll('input')[0]!.element.value).toBe('重答复、轻回访')
  expect(done).not.toHaveBeenCalled()
})

test('a link of the summary goes to its field', async () => {
  const { page, send } = open(vi.fn())
  await send()
  await page.get('.errors a').trigger('click')
  expect(document.activeElement).toBe(page.findAll('input')[0]!.element)
})

test('mending a field takes its complaint away', async () => {
  const { page, send } = open(vi.fn())
  await send()
  await page.findAll('input')[0]!.setValue('有了')
  expect(page.find('.errors').exists()).toBe(false)
})

test('a taken form says so', async () => {
  const { page, done, send } = open(() => Promise.resolve())
  await page.findAll('input')[0]!.setValue('有了')
  await send()
  expect(done).toHaveBeenCalledOnce()
})
