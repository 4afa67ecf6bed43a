import { expect, test } from 'vitest'
import type { ImportSummary } from '@/core/api/schema'
import { consequenceOf, hasSheets, kindsFor, outcomeOf, phaseOf, placeOf } from './model'

const job = (over: Partial<ImportSummary>): ImportSummary => ({ state: 'checked', total: 40, created: 30, updated: 1, unchanged: 0, refused: 9, ...over }) as ImportSummary

test('everyone brings in what is his to bring in', () => {
  const names = (base: string, ...roles: Parameters<typeof kindsFor>[1]) => kindsFor(base, roles).map(kind => kind.value)
  expect(names('/u', 'unit.office')).toEqual(['ledger-entries', 'measures', 'evidence-manifest', 'members'])
  expect(names('/u', 'unit.member')).toEqual(['ledger-entries'])
  expect(names('/c', 'coassessor')).toEqual(['ledger-entries', 'co-assessment-results'])
  expect(names('/c', 'committee.leader')).toEqual([])
  expect(names('/a', 'admin.security')).toEqual(['people'])
})

test('a dry run says what would be written and what must be mended, and that nothing is written yet', () => {
  expect(outcomeOf(job({}))).toBe('31 行没有问题，9 行要改。还没有写入。')
  expect(outcomeOf(job({ refused: 0, created: 40, updated: 0 }))).toBe('40 行都没有问题，还没有写入。')
  expect(outcomeOf(job({ created: 0, updated: 0, unchanged: 40, refused: 0 }))).toBe('和已有的记录完全一样，没有要写入的。')
})

test('a file that cannot be read is told apart from rows that are wrong', () => {
  expect(outcomeOf(job({ state: 'refused' }))).toBe('9 行有问题，什么也没有写入。')
  expect(outcomeOf(job({ state: 'refused', total: 0 }))).toBe('这个文件读不了，什么也没有写入。')
})

test('carrying out says what stays out', () => {
  expect(consequenceOf(job({}))).toBe('新增 30 行，修改 1 行。有问题的 9 行不写入，改好后可以另外再导入，不会重复。')
  expect(consequenceOf(job({ updated: 0, refused: 0 }))).toBe('新增 30 行。每一行都会记入办理记录。')
})

test('progress names the work and how far it is', () => {
  expect(phaseOf({ state: 'received', progress: null })).toBe('已收到，正在排队')
  expect(phaseOf({ state: 'checking', progress: { done: 12_300, phase: 'reading', at: '' } })).toBe('正在逐行检查，已到第 12,300 行')
  expect(phaseOf({ state: 'writing', progress: null })).toBe('正在写入')
})

test('a place names the sheet only where there are several', () => {
  const error = { row: 3, sheet: 'T5 中心组学习', column: '', code: '', value: '', hint: '' }
  expect(placeOf(error, false)).toBe('第 3 行')
  expect(placeOf(error, true)).toBe('T5 中心组学习 第 3 行')
  expect(placeOf({ ...error, row: null }, true)).toBe('整个文件')
  const cause = (...sheets: string[]) => ({ column: '', code: '', hint: '', count: 1, first: sheets.map(sheet => ({ ...error, sheet })) })
  expect([hasSheets([cause('a', 'a')]), hasSheets([cause('a'), cause('b')])]).toEqual([false, true])
})
