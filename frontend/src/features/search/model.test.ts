import { beforeEach, expect, test } from 'vitest'
import type { Find } from '@/core/api/schema'
import { groupsOf, pagesOf, partsOf, recentOf, remember } from './model'

const find = (over: Partial<Find>): Find => ({
  kind: 'measure', id: 'm1', unit_id: 'u1', unit_name: '市教育局', campaign_id: null, title: '减负', snippet: '', marks: [], parent_id: 'p1', place: '', on: '2026-03-01', ...over,
})
beforeEach(() => { localStorage.clear() })

test('the words that were asked for are marked, and touching marks lose nothing', () => {
  const parts = partsOf({ snippet: '开展双减督查双减', marks: [[2, 4], [3, 6], [6, 8]] })
  expect(parts.map(part => (part.hit ? `[${part.text}]` : part.text)).join('')).toBe('开展[双减][督查][双减]')
  expect(partsOf({ snippet: '全文', marks: [] })).toEqual([{ text: '全文', hit: false }])
})

test('finds stand together by kind in the order of the answer', () => {
  const groups = groupsOf([find({ kind: 'plan', id: '1' }), find({ id: '2' }), find({ kind: 'plan', id: '3' })])
  expect(groups.map(({ label, finds }) => [label, finds.map(one => one.id)])).toEqual([['年度计划', ['1', '3']], ['措施', ['2']]])
})

test('a find leads to the unit’s own page or to the committee’s look at it, never to one’s own page for another’s thing', () => {
  expect(pagesOf(find({}), 'u1', 2026)).toEqual(['/u/measures/m1', '/c/plans/p1'])
  expect(pagesOf(find({}), 'u2', 2026)).toEqual(['/c/plans/p1'])
  expect(pagesOf(find({ kind: 'entry', id: 'e1', place: 'T5' }), undefined, undefined)).toEqual(['/c/units/u1/ledgers/T5/e1'])
  expect(pagesOf(find({ kind: 'plan', id: 'p1' }), 'u1', 2025)).toEqual(['/u/plan?year=2025', '/c/plans/p1'])
  expect(pagesOf(find({ kind: 'file', parent_id: 'v1' }), 'u1', 2026)[0]).toBe('/u/evidence?id=v1')
})

test('the last searches are each person’s own, the newest first, each once', () => {
  for (const words of ['双减', '帮扶', '双减']) remember('a', words)
  expect(recentOf('a')).toEqual(['双减', '帮扶'])
  expect(recentOf('b')).toEqual([])
})
