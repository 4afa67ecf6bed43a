import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { serve } from '../../../../tests/server'
import type { TemplatePublic } from '@/core/api/schema'
import { type Me, useSession } from '@/core/session'
import TemplateItem from './TemplateItem.vue'

afterEach(() => vi.unstubAllGlobals())

const USED: TemplatePublic = {
  id: 't2', kind: 'receipt', number: 2, file_name: '工委回执.docx', sha256: '', in_use: true, uploaded_by: '郭晓峦', created_at: '2026-11-01T08:00:00Z', version: 4,
}
const FINDING = { level: 'error', code: 'unknown_field', field: '题目', place: '正文第 1 段', sentence: '没有名为“题目”的字段。' }

function item(versions: TemplatePublic[], role: 'committee.officer' | 'committee.leader' = 'committee.officer') {
  const page = mount({
    setup() {
      useSession().me = { roles: [role], views: ['committee'] } as unknown as Me
      return () => h(TemplateItem, { kind: 'receipt', versions })
    },
  }, { global: { plugins: [createPinia(), PiniaColada] }, attachTo: document.body })
  const upload = async () => {
    const field = page.get<HTMLInputElement>('input[type=file]')
    Object.defineProperty(field.element, 'files', { value: [new File(['x'], '回执.docx')], configurable: true })
    Object.defineProperty(field.element, 'value', { value: '', writable: true, configurable: true })
    await field.trigger('change')
    await flushPromises()
  }
  return { page, upload }
}

test('without a template of its own a kind is laid out by the system', () => {
  expect(item([]).page.text()).toContain('内置版面')
})

test('a template with errors is not taken, and each place is told', async () => {
  serve({ status: 422, body: { detail: '模板有误，没有采用', findings: [FINDING] } })
  const { page, upload } = item([USED])
  await upload()
  expect(page.get('.alert.bad').text()).toContain('没有采用')
  expect(page.get('.alert li').text()).toBe('正文第 1 段 没有名为“题目”的字段。')
})

test('a template that is taken shows what the checker remarks all the same', async () => {
  const asked = serve({ status: 201, body: { template: USED, findings: [{ ...FINDING, level: 'warning', sentence: '模板中没有“署名”。' }] } })
  const { page, upload } = item([])
  await upload()
  expect(asked[0]?.url).toBe('/api/v1/document-templates?kind=receipt&file_name=%E5%9B%9E%E6%89%A7.docx')
  expect(page.get('.alert.warn').text()).toContain('模板中没有“署名”。')
})

test('the built-in layout comes back on top of the version that was seen', async () => {
  const asked = serve({ status: 200, body: { ...USED, in_use: false } })
  const { page } = item([USED])
  await page.findAll('button').find(one => one.text() === '恢复内置版面')!.trigger('click')
  await flushPromises()
  expect(asked[0]).toMatchObject({ method: 'POST', url: '/api/v1/document-templates/t2/retire' })
  expect(asked[0]?.headers.get('if-match')).toBe('"4"')
})

test('a leader looks on', () => {
  expect(item([USED], 'committee.leader').page.findAll('button').map(one => one.text())).toEqual(['套示例试看', '下载第 2 版'])
})
