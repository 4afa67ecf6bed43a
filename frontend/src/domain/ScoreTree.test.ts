import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import ScoreTree from './ScoreTree.vue'

const NODES = [{
  key: 'C', label: '勤政为民好', cut: '2.4', of: '25', got: '22.6', open: true,
  children: [
    { key: 'C5', code: 'C5', label: '改进作风', cut: '0', of: '2', got: '2' },
    { key: 'C6', code: 'C6', label: '下基层', cut: '2.40', of: '4', got: '1.60', deductions: [{ clause: '每人扣 0.80', fact: '3 人不足', evidence: '台账 212 行', by: '检查三组' }] },
  ],
}]

test('every figure stands with two places, a deduction with its sign, none as a word', () => {
  const page = mount(ScoreTree, { props: { nodes: NODES } })
  expect(page.findAll('.cut').map(one => one.text())).toEqual(['−2.40', '未扣', '−2.40'])
  expect(page.findAll('.got').map(one => one.text())).toEqual(['得分 22.60', '得分 2.00', '得分 1.60'])
})

test('a deduction opens into its four parts, with what may be done about it', () => {
  const page = mount(ScoreTree, { props: { nodes: NODES }, slots: { acts: '<button>陈述申辩</button>' } })
  expect(page.findAll('.four dt').map(one => one.text())).toEqual(['条款', '事实', '证据', '提出人'])
  expect(page.findAll('.four dd').map(one => one.text())).toEqual(['每人扣 0.80', '3 人不足', '台账 212 行', '检查三组'])
  expect(page.findAll('button')).toHaveLength(1)
})

test('what unfolds can be folded, what does not is a line', () => {
  const page = mount(ScoreTree, { props: { nodes: NODES } })
  expect(page.findAll('details')).toHaveLength(2)
  expect(page.findAll('li.leaf')).toHaveLength(1)
})

test('what is added or taken from the total has no full mark and stands with its sign', () => {
  const part = { key: 'extras', label: '加分减分', got: '1.5', signed: true as const, open: true, children: [{ key: 'K1', code: 'K1', label: '失泄密', formula: '三月一起', got: '-0.5', signed: true as const }] }
  const page = mount(ScoreTree, { props: { nodes: [part] } })
  expect(page.findAll('.got').map(one => one.text())).toEqual(['得分 +1.50', '得分 −0.50'])
  expect(page.findAll('.of').map(one => one.text())).toEqual(['', ''])
  expect(page.find('.formula').text()).toBe('三月一起')
})
