import { describe, expect, it } from 'vitest'
import type { ConsolidationItem, FeedbackPublic, ItemScore } from '@/core/api/schema'
import { byGap, byItem, byNumeral, costOf, dealt, nextOf, split, treeOf, withDeductions } from './model'

const deduction = (points: string) => ({ clause: '记录不全的', times: 2, fact: '两次无签到', absence: '签到表', evidence_title: '', points, inspector: '甲评分员' })
const item = (code: string, lost: string, more: Partial<ItemScore> = {}): ItemScore => ({
  criterion_id: code, code, title: code, dimension: code[0]!, points: '2.00', lost, restored: '0', score: String(2 - Number(lost)), reason: '', objection: null,
  deductions: Number(lost) ? [deduction(lost)] : [], ...more,
} as ItemScore)
const feedback = { score: '5.00', points: '6.00', items: [item('A1', '0'), item('A2', '0.50'), item('B1', '0.50')] } as FeedbackPublic

describe('the tree', () => {
  it('adds up by dimension and opens where something was lost', () => {
    const [total] = treeOf(feedback)
    expect(total).toMatchObject({ got: '5.00', of: '6.00', cut: '1.00' })
    expect(total!.children!.map(one => [one.key, one.label, one.cut, one.open])).toEqual([
      ['A', '政治坚定好', '0.50', true], ['B', '学习创新好', '0.50', true],
    ])
  })

  it('shows all four parts, and what an objection gave back', () => {
    const restored = { ...feedback, items: [item('A2', '0.50', { restored: '0.50', score: '2.00' })] } as FeedbackPublic
    const leaf = treeOf(restored)[0]!.children![0]!.children![0]!
    expect(leaf.deductions).toEqual([{ clause: '记录不全的（2 次），扣 0.50 分', fact: '两次无签到', evidence: '缺少：签到表', by: '甲评分员' }])
    expect(leaf).toMatchObject({ cut: '0.00', formula: '申辩后恢复 0.5 分' })
  })
})

it('lists the heaviest deductions first', () => {
  const heavy = { ...feedback, items: [...feedback.items, item('D1', '1.50')] } as FeedbackPublic
  expect(withDeductions(heavy).map(one => one.code)).toEqual(['D1', 'A2', 'B1'])
})

it('parts what is open, agreed and decided', () => {
  const items = [{ agreed: true, decision: null }, { agreed: false, decision: null }, { agreed: true, decision: {} }, { agreed: false, decision: {}, outdated: true }] as ConsolidationItem[]
  const parts = split(items)
  expect([parts.open, parts.agreed, parts.decided].map(one => one.map(each => items.indexOf(each)))).toEqual([[1, 3], [0], [2]])
  expect(costOf([{ points: '0.50' }, { points: '1.25' }])).toBe('1.75')
})

describe('lists', () => {
  it('puts findings into the order of the standard and groups into the order of their numbers', () => {
    expect(byItem(['B2', 'A10', 'A2'].map(criterion_code => ({ criterion_code }))).map(one => one.criterion_code)).toEqual(['A2', 'A10', 'B2'])
    expect(byNumeral(['检查三组', '检查一组', '综合组', '检查二组'].map(name => ({ name }))).map(one => one.name)).toEqual(['检查一组', '检查二组', '检查三组', '综合组'])
  })

  it('says what comes next, to who scores other than to who waits', () => {
    expect(nextOf('in_progress', true)).toBe('请逐条评分，评完后提交。')
    expect(nextOf('in_progress', false)).toBe('等各评分人提交，提交后由组长主持合议。')
    expect(nextOf('scored', false)).toBe('已经合议，等工委反馈单位。')
  })
})

it('puts those furthest apart first, equal ones in the order of the standard', () => {
  const items = [['A2', '0.5'], ['A10', '0.50'], ['B1', '1'], ['A1', '0']].map(([code, gap]) => ({ code, gap })) as ConsolidationItem[]
  expect(byGap(items, '-gap').map(one => one.code)).toEqual(['B1', 'A2', 'A10', 'A1'])
  expect(byGap(items, 'gap').map(one => one.code)).toEqual(['A1', 'A2', 'A10', 'B1'])
})

it('counts what each member judges: the own items and everybody\'s', () => {
  expect([...dealt([['x'], [], ['x', 'y']], [{ id: 'x' }, { id: 'y' }])]).toEqual([['x', 3], ['y', 2]])
})
