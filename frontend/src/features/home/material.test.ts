import { expect, test } from 'vitest'
import type { MaterialCollectionPublic, Need, Todo } from '@/core/api/schema'
import { dutiesOf, merged } from './material'
import { groupsOf } from './model'

const NOW = new Date('2026-11-23T06:32:00Z') // 14:32 in Shanghai
const need = (code: string, isHeld: boolean): Need => ({ code, is_ledger: false, units_asked: 1, units_holding: 0, reason: '', held: isHeld ? [{ unit_id: 'u', unit_name: '', count: 1, first_id: 'e', first_title: '' }] : [] })
const collection = (more: Partial<MaterialCollectionPublic>) => ({ id: 'm1', campaign_id: 'c1', title: '学习情况', state: 'sent', due_on: '2026-11-25', needs: [need('B7', true), need('T5', false)], ...more }) as MaterialCollectionPublic

test('what is missing of a collection is a to-do, dated by its last day, and leads to it', () => {
  expect(groupsOf(dutiesOf([collection({})], NOW), 'unit', undefined, NOW)).toEqual([{
    when: 'week', label: '本周', tasks: [{ key: 'material-m1', title: '报送材料：学习情况', to: '/u/material/m1', reason: '还差 T5，其余 1 项已有', due: '11 月 25 日', dueNote: '周三' }],
  }])
})

test('a collection that is answered by what is there, or over, asks for nothing', () => {
  expect(dutiesOf([collection({ needs: [need('B7', true)] }), collection({ state: 'closed' })], NOW)).toEqual([])
})

test('the last day is today until midnight, late after it', () => {
  expect(dutiesOf([collection({ due_on: '2026-11-23' }), collection({ due_on: '2026-11-22' })], NOW).map(one => [one.when, one.late])).toEqual([['today', false], ['today', true]])
})

test('collections stand among the other to-dos by their dates', () => {
  const todo = (verb: string, due_at: string | null) => ({ verb, due_at }) as Todo
  const verbs = merged([todo('早', '2026-11-24T00:00:00Z'), todo('晚', '2026-12-24T00:00:00Z'), todo('无期', null), todo('也无期', null)], dutiesOf([collection({})], NOW)).map(one => one.verb)
  expect(verbs).toEqual(['早', '报送材料', '晚', '无期', '也无期'])
})
