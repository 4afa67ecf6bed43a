/** A scheme in sentences, for those who read it. */
import type { RulesOutput } from '@/core/api/schema'
import { isZero, score, subtract, sum } from '@/core/decimal'
import { gradeOf, percentOf, ROUNDING } from './scheme'

export interface Fact { key: string, label: string, value: string }

/** X1 5、X2 5. */
const weights = (all: Readonly<Record<string, string>> | undefined): string =>
  Object.entries(all ?? {}).map(([name, weight]) => `${name} ${score(weight).replace(/\.00$/, '')}`).join('、')

const share = (part: string, all: RulesOutput['co_weights'], none: string): string =>
  (isZero(part) ? none : [`占总分的 ${percentOf(part)}%`, weights(all) && `权重 ${weights(all)}`].filter(Boolean).join('，'))

export const partsOf = (rules: RulesOutput): Fact[] => [
  { key: 'scorers', label: '评分', value: rules.scorers === 2 ? '每个条目两人各自评分，再合议定分' : '每个条目一人评分' },
  { key: 'inspection', label: '检查考核', value: `占总分的 ${percentOf(subtract('1', sum([rules.co_share, rules.ballot_share])))}%` },
  { key: 'share', label: '并入考核', value: share(rules.co_share, rules.co_weights, '只作参考，不计入总分') },
  { key: 'ballots', label: '民主测评', value: share(rules.ballot_share, rules.rater_groups, '不计入总分') },
]

export const gradesOf = (rules: RulesOutput): Fact[] => rules.grades.map((one, at) => ({ key: `grade${at}`, label: one.name, value: gradeOf(rules.grades, at) }))

export const termsOf = (rules: RulesOutput): Fact[] => [
  { key: 'places', label: '总分', value: `${rules.places ? `保留 ${rules.places} 位小数` : '取整'}，${ROUNDING[rules.rounding]}，最高 ${score(rules.ceiling)} 分` },
  { key: 'days', label: '下基层天数', value: rules.days_not_counted.length ? `不计${rules.days_not_counted.join('、')}` : '各种事由都计' },
  { key: 'objection', label: '陈述申辩', value: `反馈后 ${rules.objection_days} 个工作日内` },
  { key: 'interview', label: '约谈条件', value: `低于 ${score(rules.interview.below)} 分，且发现问题 ${rules.interview.findings} 个以上` },
]

/** The scheme in short. */
export const factsOf = (rules: RulesOutput): Fact[] => [...gradesOf(rules), ...partsOf(rules), ...termsOf(rules)]
