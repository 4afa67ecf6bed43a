import { describe, expect, it } from 'vitest'
import { anchorOf, coverage, defectOf, inWords, moved, readDay, readRows, suggest } from './model'

const team = [{ id: 'm1', name: '张明' }]

describe('readDay', () => {
  it('reads the ways a day is written in sheets', () => {
    for (const text of ['2026-6-30', '2026/06/30', '2026.6.30', '2026年6月30日']) expect(readDay(text)).toBe('2026-06-30')
  })
  it('refuses days that are none', () => {
    for (const text of ['2026-15-09', '2026-02-30', '6月30日', '']) expect(readDay(text)).toBeNull()
  })
})

describe('moved', () => {
  it('moves one row one place and leaves the others in their order', () => {
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
  })
  it('moves nothing past the ends', () => {
    expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 'b', 1)).toEqual(['a', 'b'])
  })
})

describe('readRows', () => {
  it('reads rows in the order of the columns and leaves the head out', () => {
    const [row, ...rest] = readRows([['措施', '责任人'], ['到校办公', '张明', '2026/6/30', '清单', '办公室、信访室']], team)
    expect(rest).toEqual([])
    expect(row).toEqual({
      body: { text: '到校办公', owner_id: 'm1', due_on: '2026-06-30', expected_output: '清单', co_owners: ['办公室', '信访室'] }, wrong: [],
    })
  })
  it('says what it could not read', () => {
    const [row] = readRows([['', '李四', '年底']], team)
    expect(row?.wrong).toEqual(['措施没有内容', '班子中没有“李四”', '“年底”不是日期'])
    expect(row?.body.owner_id).toBeNull()
  })
})

it('suggests the items that share the most words', () => {
  const items = [{ code: 'C6', title: '领导班子成员下基层调研' }, { code: 'D1', title: '党风廉政建设' }]
  expect(suggest('班子成员下基层集中在下半年', items)).toEqual([items[0]])
})

it('finds the control and the words of a defect', () => {
  const defects = [{ pointer: '/measures/7/owner_id', code: 'measure.owner', detail: '措施 10：选定责任人' }]
  expect(defectOf(defects, '/measures/7/owner_id')).toBe('选定责任人')
  expect(anchorOf('/measures/7/owner_id')).toBe('measures-7-owner_id')
})

it('tells codes of a diff in words', () => {
  expect(inWords('category', 'weak')).toBe('薄弱环节')
  expect(inWords('criteria', 'A1\nC6')).toBe('A1、C6')
  expect(inWords('linkages', 'study:第 3 次学习')).toBe('中心组学习：第 3 次学习')
})

it('counts which items of the four are held', () => {
  const items = ['A1', 'A2', 'C6'].map(code => ({ code, title: '' }))
  expect(coverage([{ criteria: ['A1', 'C6'] }], items)).toEqual([{ code: 'A', held: 1, all: 2 }, { code: 'C', held: 1, all: 1 }])
})
