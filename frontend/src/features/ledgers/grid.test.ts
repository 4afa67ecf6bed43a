import { describe, expect, it } from 'vitest'
import type { LedgerPublic } from '@/core/api/schema'
import { cellErrors, columnsOf, fromCell, gridRows, importRows, initialRow, isDay, isEmptyRow, placed } from './grid'
import { fieldsOf } from './model'

const LEDGER = {
  kind: 'T8', title_label: '调研事由', happened_label: '开始日期', ended_label: '结束日期', members: { label: '参加的班子成员', required: true },
  details_schema: { properties: {
    place: { type: 'string', title: '地点' }, portion: { type: 'string', enum: ['全天', '上午'], default: '全天' }, reviewed: { type: 'boolean', default: false },
  }, required: ['place'] },
} as unknown as LedgerPublic
const COLUMNS = columnsOf(LEDGER, fieldsOf(LEDGER.details_schema))

describe('a grid of rows', () => {
  it('has a column for each date, the title, the members and each field', () => {
    expect(COLUMNS.map(one => one.key)).toEqual(['happened_on', 'ended_on', 'title', 'member_ids', 'details/place', 'details/portion', 'details/reviewed'])
  })

  it('takes a row that holds only defaults for empty', () => {
    const values = initialRow(COLUMNS, 3)
    expect(isEmptyRow(values, 3, COLUMNS)).toBe(true)
    expect(isEmptyRow({ ...values, 'rows/3/title': '走访' }, 3, COLUMNS)).toBe(false)
    expect(isEmptyRow({ ...values, 'rows/3/happened_on': null }, 3, COLUMNS)).toBe(true)
  })

  it('reads pasted cells as their column means them', () => {
    expect(fromCell(COLUMNS[0]!, '2026/5/6')).toBe('2026-05-06')
    expect(fromCell(COLUMNS[6]!, '√')).toBe(true)
    expect(fromCell(COLUMNS[4]!, '1.5')).toBe('1.5')
  })

  it('sends rows as the API takes them', () => {
    const values = {
      ...initialRow(COLUMNS, 0), 'rows/0/happened_on': '2026-05-06', 'rows/0/title': '走访', 'rows/0/member_ids': '张明', 'rows/0/details/place': '东河县',
    }
    expect(gridRows(values, [0], COLUMNS, [{ id: '1', name: '张明' }])).toEqual([{
      title: '走访', happened_on: '2026-05-06', ended_on: null, member_ids: ['1'], details: { place: '东河县', portion: '全天', reviewed: false },
    }])
  })

  it('is looked at as an import takes it, by the names of fields', () => {
    const values = { ...initialRow(COLUMNS, 2), 'rows/2/happened_on': '二月三十', 'rows/2/title': '走访', 'rows/2/member_ids': '张明、李红' }
    expect(importRows('T8', values, [2], COLUMNS)).toEqual([
      { kind: 'T8', happened_on: '二月三十', ended_on: '', title: '走访', members: '张明、李红', place: '', portion: '全天', reviewed: false },
    ])
  })

  it('shows what an import found wrong in the cell it is about', () => {
    const error = (row: number, column: string, value = '') => ({ row, sheet: '', column, code: 'x', value, hint: '改一改。' })
    const errors = [error(1, 'happened_on', '二月三十'), error(2, 'portion', '半天'), error(2, 'members', '王五'), error(1, '')]
    expect(cellErrors(errors.slice(0, 3), [4, 6], COLUMNS)).toEqual({
      'rows/4/happened_on': '改一改。', 'rows/6/details/portion': '“半天”：改一改。', 'rows/6/member_ids': '改一改。',
    })
    expect(cellErrors(errors.slice(3), [4, 6], COLUMNS)).toEqual({ 'rows/4/happened_on': '改一改。' })
  })

  it('leaves words that are no day to be read and mended', () => {
    expect(['', null, '2026-03-01', '二月三十', '2026-02-30'].map(isDay)).toEqual([true, true, true, false, false])
  })

  it('puts pasted cells where they fall, or under their headings where the first row has them', () => {
    const keys = (cells: string[][], at: number) => placed(cells, at, COLUMNS).map(line => line.map(([column, text]) => [column.key, text]))
    expect(keys([['走访', '张明']], 2)).toEqual([[['title', '走访'], ['member_ids', '张明']]])
    expect(keys([['地点', '备注', '开始日期'], ['东河县', '无', '2026-05-06']], 0)).toEqual([[['details/place', '东河县'], ['happened_on', '2026-05-06']]])
  })
})
