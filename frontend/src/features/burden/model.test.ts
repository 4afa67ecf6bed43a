import { expect, test } from 'vitest'
import type { Need, UnitBurden } from '@/core/api/schema'
import { answerOf, committeePage, flagged, heaviest, needName, pageOf, sumOf } from './model'

const need = (over: Partial<Need>): Need => ({ code: 'C6', is_ledger: false, units_asked: 10, units_holding: 4, reason: '', held: [], ...over })
const unit = (unit_name: string, rows: number, files: number): UnitBurden => ({ unit_id: unit_name, unit_name, rows, pieces: 1, files, size: 10, uses: 3, saved: 2 })

test('what is held and asked again without a reason is flagged', () => {
  const needs = [need({}), need({ code: 'A1', reason: '上级要求原件' }), need({ code: 'B2', units_holding: 0 })]
  expect(flagged(needs).map(one => one.code)).toEqual(['C6'])
})

test('needs read by their names', () => {
  expect(needName(need({}), new Map([['C6', '集中调研']]))).toBe('C6 集中调研')
  expect(needName(need({ code: 'T5', is_ledger: true }), new Map())).toBe('T5 中心组学习')
})

test('a unit is led to what it has handed in, or to where it hands in', () => {
  const held = { unit_id: 'u', unit_name: '', count: 3, first_id: 'e1', first_title: '调研报告' }
  expect(answerOf(need({ held: [held] }))).toEqual({ count: 3, title: '调研报告', id: 'e1' })
  expect([pageOf(need({}), 'e1'), pageOf(need({}), undefined)]).toEqual(['/u/evidence?id=e1', '/u/evidence'])
  expect([pageOf(need({ code: 'T5', is_ledger: true }), 'r1'), pageOf(need({ code: 'T5', is_ledger: true }), undefined)]).toEqual(['/u/ledgers/T5/r1', '/u/ledgers/T5/new'])
  expect(committeePage(need({}), 'u', 'e1')).toBe('/c/units/u/evidence?id=e1')
})

test('units are summed up, the heaviest first', () => {
  const units = [unit('甲', 10, 5), unit('乙', 30, 1)]
  expect(sumOf(units)).toEqual({ rows: 40, pieces: 2, files: 6, size: 20, saved: 4 })
  expect(heaviest(units).map(one => one.unit_name)).toEqual(['乙', '甲'])
})
