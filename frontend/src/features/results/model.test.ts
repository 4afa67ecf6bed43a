import { describe, expect, it } from 'vitest'
import type { Node, Outcome, ResultRow } from '@/core/api/schema'
import { treeOf } from '@/domain/outcome'
import { classesOf, grades, losses, lossText, placesInClass, ready, steps, turn } from './model'

const node = (kind: Node['kind'], code: string, over: Partial<Node> = {}): Node => ({ kind, missing: false, code, label: code, of: '2', got: '2', lost: '0', formula: '', note: '', ...over })
const deduction = { clause: '缺项，每处', times: 1, fact: '三季度未开展', evidence_id: null, evidence_title: '', absence: '三季度学习记录', points: '0.5000', inspector: '甲评分员' }
const items = [
  node('item', 'A1'), node('item', 'A2'), node('item', 'A3'),
  node('item', 'A4', { got: '1.5000', lost: '0.5000', deductions: [deduction] }),
  node('item', 'A5'), node('item', 'A6', { note: '陈述申辩采纳，恢复 0.5 分' }),
]

function outcome(merged: Node[] = []): Outcome {
  const checked = node('part', 'items', { label: '条目检查', children: [node('dimension', 'A', { label: '政治坚定好', of: '12', got: '11.5', lost: '0.5', children: items })] })
  const total = node('total', '', { label: '年度得分', of: '100', got: '95.83', lost: '4.17', formula: '11.5000 ÷ 12.00 × 100 = 95.83', children: [checked, ...merged] })
  return { total: '95.83', grade: '好', grade_reason: '90 分及以上', findings: 1, tree: total }
}

const result = (over: Partial<ResultRow>): ResultRow => ({
  id: 'r', unit_id: 'u', unit_name: '市教育局', unit_class: '政府部门', campaign_id: 'c', year: 2025, state: 'computed', total: '91', grade: '好', findings: 0,
  published_at: null, revision: 1, version: 1, actions: [], ...over,
})
const APPROVE = { name: 'approve', label: '审定', opinion: 'optional' as const, signature: true, blocked: null }

describe('the tree', () => {
  const dimension = (all = false) => treeOf(outcome(), all)[0]!.children![0]!.children![0]!

  it('gathers items in a row that lost nothing, and leaves what has a cut or a note by itself', () => {
    expect(dimension().children!.map(one => one.label)).toEqual(['A1 至 A3', 'A4', 'A5', 'A6'])
    expect(dimension().children![0]).toMatchObject({ note: '3 条未扣分', of: '6', got: '6', cut: '0' })
    expect(dimension().note).toBe('6 条，1 条有扣分')
  })

  it('tells a deduction in its four parts', () => {
    expect(dimension().children![1]!.deductions).toEqual([{ clause: '缺项，每处，扣 0.50 分', fact: '三季度未开展', evidence: '缺少：三季度学习记录', by: '甲评分员' }])
  })

  it('opens every line on demand', () => {
    expect(dimension().children![1]!.open).toBe(false)
    expect(dimension(true).children!.every(one => one.open)).toBe(true)
  })

  it('writes the figures of a formula as everywhere', () => {
    expect(treeOf(outcome())[0]!.formula).toBe('11.50 ÷ 12.00 × 100 = 95.83')
  })

  it('shows no figure where a department has not delivered, and none for the part when nobody has', () => {
    const missing = node('assessment', 'M1', { missing: true, of: '0', got: '0', formula: '权数 1' })
    const there = node('assessment', 'M2', { of: '100', got: '92', lost: '8', formula: '权数 1' })
    const part = (children: Node[], over: Partial<Node>) => treeOf(outcome([node('part', 'merged', { children, ...over })]))[0]!.children![1]!
    const some = part([missing, there], { got: '92', lost: '8' })
    expect(some.got).toBe('92')
    expect(some.children!.map(one => one.got)).toEqual([undefined, '92'])
    expect(part([missing], { missing: true, of: '0', got: '0' }).got).toBeUndefined()
  })
})

describe('what stands beside the items', () => {
  it('adds and takes with a sign, and opens into fact and evidence', () => {
    const rows = [node('extra', 'J1', { label: '受到表彰', of: '0', got: '2', lost: '-2', note: '七月获通报表扬；表彰决定' }), node('extra', 'K1', { label: '失泄密', of: '0', got: '-0.5', lost: '0.5', note: '三月一起' })]
    const part = treeOf(outcome([node('part', 'extras', { label: '加分减分', of: '0', got: '1.5', lost: '-1.5', formula: '加 2，减 0.5', note: '', children: rows })]))[0]!.children![1]!
    expect(part).toMatchObject({ label: '加分减分', got: '1.5', signed: true, note: '加 2，减 0.50' })
    expect(part.children).toEqual([
      { key: 'J1 七月获通报表扬；表彰决定', code: 'J1', label: '受到表彰', formula: '七月获通报表扬；表彰决定', got: '2', signed: true },
      { key: 'K1 三月一起', code: 'K1', label: '失泄密', formula: '三月一起', got: '-0.5', signed: true },
    ])
  })

  it('weighs groups of raters, and shows no figure for one that is too small', () => {
    const groups = [node('group', '班子成员', { label: '班子成员', of: '100', got: '90', lost: '10', formula: '权数 2' }), node('group', '服务对象', { label: '服务对象', missing: true, of: '0', got: '0', note: '不足五票', formula: '权数 1' })]
    const part = treeOf(outcome([node('part', 'ballots', { label: '民主测评', of: '100', got: '90', lost: '10', children: groups })]))[0]!.children![1]!
    expect(part.children!.map(one => [one.label, one.note, one.got])).toEqual([['班子成员', '权数 2', '90'], ['服务对象', '不足五票，权数 1', undefined]])
  })
})

describe('what is said in one line', () => {
  it('sums what was lost', () => {
    expect(losses(outcome()).map(one => one.code)).toEqual(['A4'])
    expect(lossText(outcome())).toBe('1 条，共 0.50 分')
  })

  it('says which way a total went', () => {
    expect([turn('89.79', '90.99'), turn('93', '86.75'), turn('90', '90.00')]).toEqual(['升 1.20', '降 6.25', '持平'])
  })

  it('counts grades from the best down', () => {
    expect(grades([result({ total: '81', grade: '较好' }), result({ total: '95' }), result({ total: '100' })])).toEqual([{ grade: '好', count: 2 }, { grade: '较好', count: 1 }])
  })

  it('takes the step that is due from the answers', () => {
    const rows = [result({ id: '1', actions: [APPROVE] }), result({ id: '2', state: 'approved' })]
    expect(ready(rows, 'approve')).toEqual({ rows: [rows[0]], action: APPROVE })
    expect(ready(rows, 'publish')).toEqual({ rows: [], action: undefined })
  })

  it('is at the first step that is not done for every unit', () => {
    const at = (...states: ResultRow['state'][]) => steps(states.map(state => result({ state }))).map(one => one.state)
    expect(at()).toEqual(['now', 'next', 'next'])
    expect(at('computed', 'approved')).toEqual(['done', 'now', 'next'])
    expect(at('published', 'approved')).toEqual(['done', 'done', 'now'])
    expect(at('published')).toEqual(['done', 'done', 'done'])
  })
})

it('gives places within a class, and one place to equal totals', () => {
  const rows = [result({ id: 'a', total: '91' }), result({ id: 'b', total: '91.0' }), result({ id: 'c', total: '80' }), result({ id: 'd', total: '70', unit_class: '群团机关' })]
  expect([...placesInClass(rows).values()]).toEqual([1, 1, 3, 1])
  expect(classesOf(rows)).toEqual(['政府部门', '群团机关'])
})
