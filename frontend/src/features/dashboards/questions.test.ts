import { expect, it } from 'vitest'
import type { DisagreementPublic, ItemOverYears, RecurringItem } from '@/core/api/schema'
import { codesOf, extremes, flatOf, place, shared, single, split } from './questions'

const item = (code: string, changes: Partial<ItemOverYears> = {}): ItemOverYears => ({
  code, title: '', flat: false, years: [{ year: 2025, code, share: '90.0', same: '50.0', units: 9 }], ...changes,
})

it('shows the first lines of an answer and keeps the others behind a door', () => {
  expect(split([1, 2, 3], 2)).toEqual({ first: [1, 2], rest: [3] })
})
it('keeps texts of several units apart from those found once', () => {
  const units = (number: number) => Array.from({ length: number }, (_, at) => ({ unit_id: String(at), unit_name: '' }))
  const found: RecurringItem = { code: 'C6', title: '', units: 3, findings: 3, alike: [{ text: '甲', units: units(2) }, { text: '乙', units: units(1) }] }

  expect([shared(found).map(one => one.text), single(found).map(one => one.text)]).toEqual([['甲'], ['乙']])
})
it('names the items that never separated units', () => expect(flatOf([item('A1', { flat: true }), item('C6')]).map(one => one.code)).toEqual(['A1']))
it('says under which code an item stood before', () => {
  const years = [{ year: 2024, code: 'A9', share: '1', same: '1', units: 9 }, { year: 2025, code: 'A1', share: '1', same: '1', units: 9 }]

  expect([codesOf(item('A1', { years })), codesOf(item('C6'))]).toEqual(['2024 年为 A9', ''])
})
it('sets the best and the worst word on a unit beside each other', () => {
  const results = [{ code: 'X1', title: '', score: '9.5' }, { code: 'X2', title: '', score: '98' }, { code: 'X3', title: '', score: '88' }]
  const unit: DisagreementPublic = { unit_id: 'u', unit_name: '', best: '0.0417', worst: '0.9', results }

  expect([extremes(unit).best.code, extremes(unit).worst.code, place(unit.best)]).toEqual(['X2', 'X1', '4%'])
})
