import { expect, test } from 'vitest'
import type { EvidenceRow, EvidenceSuggestion, EvidenceUse } from '@/core/api/schema'
import { beside, countOf, heldBy, linesOf, marksOf, nextOpen, saidOf } from './matrix'

const ITEMS = ['A1', 'A2', 'A3'].map(code => ({ id: code, code, title: `条目 ${code}` }))
const use = (item: string, verdict: EvidenceUse['verdict'], reason = '') => ({ id: `${item}-${verdict}`, kind: 'criterion', target_id: item, label: item, verdict, reason }) as EvidenceUse
const piece = (title: string, uses: EvidenceUse[], more: Partial<EvidenceRow> = {}) => ({ id: title, title, state: 'available', reused_from_id: null, uses, ...more }) as EvidenceRow
const STORE = [
  piece('制度', [use('A1', 'accepted'), use('A3', 'unreviewed'), use('B7', 'unreviewed')]),
  piece('别的', [use('B1', 'unreviewed')]),
  piece('纪要', [use('A2', 'rejected', '缺日期')]),
  piece('清单', [use('A2', 'unreviewed')], { state: 'promised' }),
]

test('a dimension shows the pieces that have to do with it, and where else each is used', () => {
  const lines = linesOf(STORE, ITEMS)
  expect(lines.map(one => one.piece.title)).toEqual(['制度', '纪要', '清单'])
  expect(lines[0]!.elsewhere.map(one => one.label)).toEqual(['B7'])
  expect(countOf(marksOf(lines))).toEqual({ accepted: 1, rejected: 1, unreviewed: 1, promised: 1, hint: 0 })
})

test('what was rejected does not count as held, what is promised does', () => {
  expect(ITEMS.map((_, column) => heldBy(linesOf(STORE, ITEMS), column))).toEqual([1, 1, 1])
  expect(heldBy(linesOf(STORE.slice(0, 3), ITEMS), 1)).toBe(0)
})

test('a word given since the reading stands at once, and is read aloud with its reason', () => {
  const lines = linesOf(STORE, ITEMS, new Map(), new Map([['A3-unreviewed', { verdict: 'rejected' as const, reason: '不完整' }]]))
  expect(saidOf(marksOf(lines)[1]!)).toBe('制度，A3 条目 A3：不采信，不完整')
})

test('a piece taken over from last year is offered for what it showed then', () => {
  const earlier = new Map([['A1', [{ id: 'old', reused: true } as EvidenceSuggestion, { id: 'other', reused: false } as EvidenceSuggestion]]])
  const marks = marksOf(linesOf([piece('沿用的', [use('A2', 'unreviewed')], { reused_from_id: 'old' })], ITEMS, earlier))
  expect(marks.map(one => `${one.item.code} ${one.look}`)).toEqual(['A1 hint', 'A2 unreviewed'])
})

test('arrows lead to the next mark of the row and to the nearest of the next row', () => {
  const lines = linesOf(STORE, ITEMS)
  expect(beside(lines, 'A1-accepted', 'right')?.key).toBe('A3-unreviewed')
  expect(beside(lines, 'A3-unreviewed', 'left')?.key).toBe('A1-accepted')
  expect(beside(lines, 'A1-accepted', 'down')?.key).toBe('A2-rejected')
  expect(beside(lines, 'A1-accepted', 'up')).toBeUndefined()
  expect(beside(lines, 'A1-accepted', 'left')).toBeUndefined()
})

test('the next one to judge comes round from the top, and none is left when all are judged', () => {
  const marks = marksOf(linesOf([piece('一', [use('A1', 'unreviewed')]), piece('二', [use('A2', 'accepted')]), piece('三', [use('A3', 'unreviewed')])], ITEMS))
  expect(nextOpen(marks, 'A1-unreviewed')?.key).toBe('A3-unreviewed')
  expect(nextOpen(marks, 'A3-unreviewed')?.key).toBe('A1-unreviewed')
  expect(nextOpen(marks, 'A1-unreviewed', -1)?.key).toBe('A3-unreviewed')
  expect(nextOpen(marks.slice(0, 2), 'A1-unreviewed')).toBeUndefined()
})
