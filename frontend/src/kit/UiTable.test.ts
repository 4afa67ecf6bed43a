import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiTable from './UiTable.vue'

const COLUMNS = [{ key: 'name', label: '措施', head: true, sort: 'name' }, { key: 'done', label: '完成', num: true }]
const ROWS = [{ id: '1', name: '甲', done: '75%' }, { id: '2', name: '乙', done: '40%' }]
type Row = (typeof ROWS)[number]
interface Some { rows?: Row[], sort?: string, selectable?: boolean, selection?: string[], rowName?: (row: Row) => string, nextCursor?: string, paged?: boolean }
const table = (props: Some = {}, slots: { empty?: () => string } = {}) =>
  mount(UiTable<Row>, { props: { caption: '措施', columns: COLUMNS, rows: ROWS, rowKey: 'id' as const, ...props }, slots })

test('a row is named by its head cell, figures stand right', () => {
  const page = table()
  expect(page.findAll('tbody th[scope="row"]').map(one => one.text())).toEqual(['甲', '乙'])
  expect(page.get('tbody td').classes()).toContain('num')
  expect(page.get('caption').text()).toBe('措施')
})

test('pressing a head asks for that order, pressing again for the other', async () => {
  const page = table({ sort: '-name' })
  expect(page.get('th').attributes('aria-sort')).toBe('descending')
  await page.get('th button').trigger('click')
  await page.setProps({ sort: 'name' })
  await page.get('th button').trigger('click')
  expect(page.emitted('sort')).toEqual([['name'], ['-name']])
})

test('rows are chosen by boxes that say which row', async () => {
  const page = table({ selectable: true, selection: ['1'], rowName: row => row.name })
  expect(page.findAll('label').map(one => one.text())).toEqual(['选择本页全部', '选择 甲', '选择 乙'])
  await page.findAll('input')[2]!.setValue(true)
  await page.findAll('input')[1]!.setValue(false)
  expect(page.emitted('update:selection')).toEqual([[['1', '2']], [['2']]])
})

test('the box in the head chooses the whole page, and lets it go', async () => {
  const page = table({ selectable: true, selection: ['0', '1'] })
  await page.findAll('input')[0]!.setValue(true)
  await page.setProps({ selection: ['0', '1', '2'] })
  await page.findAll('input')[0]!.setValue(false)
  expect(page.emitted('update:selection')).toEqual([[['0', '1', '2']], [['0']]])
})

test('with Shift all rows between go with the last', async () => {
  const rows = ['1', '2', '3', '4'].map(id => ({ id, name: id, done: '' }))
  const page = table({ selectable: true, selection: [], rows })
  const boxes = page.findAll<HTMLInputElement>('tbody input')
  await boxes[0]!.setValue(true)
  await page.setProps({ selection: ['1'] })
  await boxes[2]!.trigger('click', { shiftKey: true })
  await boxes[2]!.trigger('change')
  expect(page.emitted('update:selection')?.at(-1)).toEqual([['1', '2', '3']])
})

test('an empty list shows its empty face instead', () => {
  const page = table({ rows: [] }, { empty: () => '还没有措施' })
  expect(page.find('table').exists()).toBe(false)
  expect(page.text()).toBe('还没有措施')
})

test('the next page is asked for by its cursor', async () => {
  const page = table({ nextCursor: 'abc', paged: true })
  const [first, next] = page.findAll('p button')
  await next!.trigger('click')
  await first!.trigger('click')
  expect(page.emitted('next')).toEqual([['abc']])
  expect(page.emitted('first')).toHaveLength(1)
})
