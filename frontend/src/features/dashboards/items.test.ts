import { expect, it } from 'vitest'
import type { Node } from '@/core/api/schema'
import { explained } from './items'

const node = (kind: Node['kind'], code: string, changes: Partial<Node> = {}): Node => ({ kind, missing: false, code, label: code, of: '25', got: '24', lost: '1', formula: '', note: '', ...changes })
const tree = node('total', '', { children: [node('part', 'items', { children: [node('dimension', 'C', { children: [
  node('item', 'C5'),
  node('item', 'C6', {
    formula: '2.00 − 1.50',
    deductions: [{ clause: '每少一人', times: 3, fact: '三人不足', evidence_id: 'e1', evidence_title: '', absence: '两人出差记录', points: '1.5000', inspector: '甲评分员' }],
  }),
] })] })] })

it('finds an item at any depth, with its deductions in four parts', () => {
  expect(explained(tree, 'C6')).toEqual({
    formula: '2.00 − 1.50', note: '',
    deductions: [{ clause: '每少一人（3 次），扣 1.50 分', fact: '三人不足', evidence: '缺少：两人出差记录', by: '甲评分员', evidenceId: 'e1' }],
  })
})
it('knows what it does not hold', () => expect(explained(tree, 'C')).toBeUndefined())
