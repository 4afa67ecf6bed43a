import { describe, expect, it } from 'vitest'
import type { LedgerPublic } from '@/core/api/schema'
import { columnsOf, fromCell, gridRows, initialRow, isEmptyRow } from './grid'
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
})
