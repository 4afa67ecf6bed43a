import { describe, expect, it } from 'vitest'
import type { ThreadNode } from '@/core/api/schema'
import { kindOf, pageOf, yearsOf } from './model'

const node = (id: string, kind: ThreadNode['kind'], year: number, title = id, state = ''): ThreadNode =>
  ({ id, kind, year, title, state, code: null, on: null, parent_id: 'p', found_again: null })

describe('a thread', () => {
  it('is told by years, with what led to each thing', () => {
    const nodes = [node('a', 'finding', 2025, '集体学习不经常'), node('b', 'rectification', 2025), node('c', 'problem', 2026)]
    const edges = [{ source_id: 'a', target_id: 'b', why: 'put_right' as const }, { source_id: 'b', target_id: 'c', why: 'taken_up' as const }]
    const years = yearsOf({ nodes, edges })
    expect(years.map(one => [one.year, one.steps.length])).toEqual([[2025, 2], [2026, 1]])
    expect(years[0]!.steps[1]!.reasons).toEqual(['整改检查发现“集体学习不经常”'])
    expect(years[1]!.steps[0]!.reasons).toEqual(['由 2025 年整改“b”列入计划'])
  })

  it('counts the grounds of an interview instead of naming each', () => {
    const nodes = [node('a', 'finding', 2025), node('b', 'finding', 2025), node('i', 'interview', 2025)]
    const edges = ['a', 'b'].map(one => ({ source_id: one, target_id: 'i', why: 'grounds' as const }))
    expect(yearsOf({ nodes, edges })[0]!.steps[2]!.reasons).toEqual(['依据 2 个检查发现'])
  })

  it('names ledgers by what they are of, and cuts a long title', () => {
    expect(kindOf(node('e', 'entry', 2025, '', 'T3'))).toBe('民主生活会')
    const nodes = [node('e', 'entry', 2025, '一'.repeat(30), 'T4'), node('r', 'rectification', 2025)]
    expect(yearsOf({ nodes, edges: [{ source_id: 'e', target_id: 'r', why: 'put_right' }] })[0]!.steps[1]!.reasons).toEqual([`整改巡视巡察“${'一'.repeat(18)}……”`])
  })

  it('leads to the page of whoever looks', () => {
    expect(pageOf(node('x', 'entry', 2025, '', 'T4'), '/u', 'u')).toBe('/u/ledgers/T4/x')
    expect(pageOf(node('x', 'finding', 2025), '/c', 'u')).toBe('/c/inspections/p/feedback')
    expect(pageOf(node('x', 'problem', 2025), '/l', 'u')).toBeUndefined()
  })
})
