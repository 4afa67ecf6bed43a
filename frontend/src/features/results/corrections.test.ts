import { describe, expect, it } from 'vitest'
import type { Node, Outcome } from '@/core/api/schema'
import { assessmentOptions, bodyOf, checkDraft, type Draft, emptyLine, itemOptions } from './corrections'

const node = (kind: Node['kind'], code: string, over: Partial<Node> = {}): Node => ({ kind, missing: false, code, label: code, of: '2', got: '2', lost: '0', formula: '', note: '', ...over })
const parts = [
  node('part', 'items', { children: [node('dimension', 'A', { children: [node('item', 'A1', { lost: '0.5' }), node('item', 'A2', { missing: true })] })] }),
  node('part', 'merged', { children: [node('assessment', 'X1', { missing: true })] }),
]
const outcome: Outcome = { total: '95', grade: '好', grade_reason: '', findings: 0, tree: node('total', '', { children: parts }) }
const draft = (over: Partial<Draft> = {}): Draft => ({ reason: '复核', items: [{ code: 'A1', value: '0', reason: '记录齐全' }], assessments: [], ...over })
const wrong = (one: Draft) => Object.entries(checkDraft(one, outcome)).filter(([, why]) => why).map(([name]) => name)

describe('a correction', () => {
  it('offers the items that are asked and every merged assessment', () => {
    expect(itemOptions(outcome).map(one => [one.value, one.hint])).toEqual([['A1', '现扣 0.50，共 2.00 分']])
    expect(assessmentOptions(outcome).map(one => [one.value, one.hint])).toEqual([['X1', '现无结果']])
  })

  it('asks for a reason everywhere, and for no more than an item has', () => {
    expect(wrong(draft())).toEqual([])
    expect(wrong(draft({ reason: ' ', items: [emptyLine()] }))).toEqual(['reason', 'items/0/code', 'items/0/value', 'items/0/reason'])
    expect(wrong(draft({ items: [{ code: 'A1', value: '2.5', reason: '缺项' }] }))).toEqual(['items/0/value'])
    const twice = { code: 'A1', value: '1', reason: '缺项' }
    expect(wrong(draft({ items: [twice, { ...twice }] }))).toEqual(['items/1/code'])
  })

  it('says that an assessment has no result by leaving its score empty', () => {
    const one = draft({ items: [], assessments: [{ code: 'X1', value: '', reason: '部门来函撤回' }] })
    expect(wrong(one)).toEqual([])
    expect(bodyOf(one).assessments).toEqual([{ code: 'X1', score: null, source: '部门来函撤回' }])
  })
})
