import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiConflict from './UiConflict.vue'

const FIELDS = [{ key: 'due', label: '时限' }, { key: 'text', label: '内容' }, { key: 'place', label: '地点' }, { key: 'same', label: '同样' }] as const

function open() {
  return mount(UiConflict, { props: {
    fields: FIELDS, who: '办公室 14:30',
    base: { due: '2026-09-10', text: '旧', place: '一楼', same: '一' },
    mine: { due: '2026-09-15', text: '我的', place: '一楼', same: '二' },
    theirs: { due: '2026-09-20', text: '旧', place: '五楼', same: '二' },
  } })
}

test('only what both changed is asked, in Chinese words', () => {
  const page = open()
  expect(page.findAll('legend').map(one => one.text().trim())).toEqual(['时限'])
  expect(page.text()).toContain('我写的：9 月 15 日')
  expect(page.text()).toContain('现在的：9 月 20 日')
})

test('a field that was never touched here is theirs, and the page says so; one that they never touched is mine', async () => {
  const page = open()
  expect(page.text()).toContain('地点您没有改')
  await page.findAll('button').at(-1)!.trigger('click')
  expect(page.emitted('settle')).toEqual([[{ due: '2026-09-15', text: '我的', place: '五楼', same: '二' }]])
})

test('each field is settled by itself', async () => {
  const page = open()
  await page.get('input[value="theirs"]').setValue(true)
  await page.findAll('button').at(-1)!.trigger('click')
  expect(page.emitted('settle')![0]).toEqual([{ due: '2026-09-20', text: '我的', place: '五楼', same: '二' }])
})

test('a choice is told by its label on the page', () => {
  document.body.innerHTML = '<select id="owner"><option value="m1">李明</option><option value="m2">王芳</option></select>'
  const page = mount(UiConflict, { props: { fields: [{ key: 'owner', label: '责任人', id: 'owner' }], base: { owner: '' }, mine: { owner: 'm1' }, theirs: { owner: 'm2' } } })
  expect(page.text()).toContain('我写的：李明')
  expect(page.text()).toContain('现在的：王芳')
})
