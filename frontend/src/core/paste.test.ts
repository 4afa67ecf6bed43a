import { expect, test } from 'vitest'
import { parseTsv } from './paste'

test('rows from a sheet keep line breaks, tabs and quotes inside cells', () => {
  expect(parseTsv('措施\t"第一行\n第二行"\t"他说""好"""\r\n乙\t\t2026-06-30\r\n')).toEqual([['措施', '第一行\n第二行', '他说"好"'], ['乙', '', '2026-06-30']])
})

test('empty rows are dropped', () => {
  expect(parseTsv('甲\t乙\n\t\n')).toEqual([['甲', '乙']])
})
