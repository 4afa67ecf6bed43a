/** A scheme that uses every kind of rule, for tests. */
import type { RulesOutput } from '@/core/api/schema'

export const RULES: RulesOutput = {
  dimensions: { A: '25.00' },
  items: {
    A1: { points: '12.50', floor: '2.50', clauses: [{ number: 1, text: '未开展的', points: '12.50' }], levels: [] },
    A2: { points: '12.50', floor: '0.00', clauses: [], levels: [{ name: '好', text: '全面落实', points: '12.50' }, { name: '差', text: '', points: '5.00' }] },
  },
  not_for: { 机关: ['A2'] },
  scorers: 2,
  co_share: '0.20', co_weights: { X1: '5' },
  ballot_share: '0.125', rater_groups: { 上级领导: '40', 班子成员: '60' },
  extras: [{ code: 'J1', kind: 'bonus', text: '受表彰的', points: '1.00', times_most: 2, notice_days: 5 }],
  bonus_most: '3.00', penalty_most: '10.00', ceiling: '100.00',
  vetoes: [{ code: 'V1', text: '弄虚作假的', grade: '差', assessment: 'X1', notice_days: 3 }],
  grades: [{ name: '好', at_least: '90.00', no_zero_item: true, dimension_percent: 80 }, { name: '差', at_least: '0.00', no_zero_item: false, dimension_percent: 0 }],
  quotas: [{ grade: '好', unit_class: '', percent: 30 }],
  places: 2, rounding: 'half_up', objection_days: 7, interview: { below: '78.00', findings: 10 }, days_not_counted: ['会议', '培训'],
}
