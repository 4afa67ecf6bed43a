import { describe, expect, it } from 'vitest'
import { Problem } from '@/core/api/problem'
import { mistakesOf, typedFile } from './begin'

describe('a scheme from a file', () => {
  it('is known by its name', () => {
    expect(typedFile(new File([''], '方案.YML'))!.type).toBe('application/yaml')
    expect(typedFile(new File([''], '方案.xls'))).toBeUndefined()
  })

  it('tells its mistakes by sheet, row and column', () => {
    const errors = [
      { pointer: '/body/条目/5/分值', code: 'decimal_parsing', detail: '须为数字。', row: 5, column: '分值' },
      { pointer: '/body/items/A1/points', code: 'decimal_parsing', detail: '须为数字。', row: null, column: null },
      { pointer: '/body', code: 'value_error', detail: 'A 方面各条目分值之和为 24，应为 25。', row: null, column: null },
    ]
    expect(mistakesOf(new Problem(422, { errors }))).toEqual([
      { key: '0', sheet: '条目', row: '5', column: '分值', detail: '须为数字。' },
      { key: '1', sheet: 'items', row: '', column: 'A1/points', detail: '须为数字。' },
      { key: '2', sheet: '', row: '', column: '', detail: 'A 方面各条目分值之和为 24，应为 25。' },
    ])
  })
})
