/** A scheme as it is typed and as the API takes it; what is told while it is typed. */
import type { ClauseOutput, GradeOutput, RulesInput, RulesOutput } from '@/core/api/schema'
import { compare, isDecimal, isZero, score, times } from '@/core/decimal'

/** Figures as they stand in their fields; those of one figure are called as the API's refusals call them. */
export type Sheet = {
  'rules/co_share': string
  'rules/places': string
  'rules/objection_days': string
  'rules/interview/below': string
  'rules/interview/findings': string
  'rules/days_not_counted': string
  dimensions: Record<string, string>
  points: Record<string, string>
  clauses: Record<string, ClauseOutput[]>
  grades: GradeOutput[]
  weights: Record<string, string>
}

/** Figures that nobody can read count nothing. */
export const readable = (text: string): string => (isDecimal(text) ? text.trim() : '0')
const isFigure = (text: string): boolean => isDecimal(text) && compare(text, '0') >= 0
const isCount = (text: string): boolean => /^\d+$/.test(text.trim())

/** A part of the whole as percent: 0.2 → 20. */
export function percentOf(share: string): string {
  return times(share, 100).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
}

/** 12.5 → 0.125, exact. */
export function shareOf(percent: string): string {
  const [whole = '', fraction = ''] = percent.trim().split('.')
  const digits = whole.padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`
}

/** `assessments` are the codes of those that may be merged into the total. */
export function sheetOf(rules: RulesOutput, assessments: readonly string[]): Sheet {
  const items = Object.entries(rules.items)
  return {
    'rules/co_share': percentOf(rules.co_share),
    'rules/places': String(rules.places),
    'rules/objection_days': String(rules.objection_days),
    'rules/interview/below': score(rules.interview.below),
    'rules/interview/findings': String(rules.interview.findings),
    'rules/days_not_counted': rules.days_not_counted.join('、'),
    'dimensions': Object.fromEntries(Object.entries(rules.dimensions).map(([code, points]) => [code, score(points)])),
    'points': Object.fromEntries(items.map(([code, item]) => [code, score(item.points)])),
    'clauses': Object.fromEntries(items.map(([code, item]) => [code, (item.clauses ?? []).map(one => ({ ...one, points: score(one.points) }))])),
    'grades': rules.grades.map(one => ({ ...one, at_least: score(one.at_least) })),
    'weights': Object.fromEntries(assessments.map(code => [code, score(rules.co_weights?.[code] ?? '0')])),
  }
}

export function rulesOf(sheet: Sheet): RulesInput {
  const weights = Object.entries(sheet.weights).filter(([, weight]) => !isZero(readable(weight)))
  return {
    dimensions: sheet.dimensions,
    items: Object.fromEntries(Object.entries(sheet.points).map(([code, points]) => [
      code, { points, clauses: (sheet.clauses[code] ?? []).map((one, at) => ({ ...one, number: at + 1 })) },
    ])),
    co_share: shareOf(sheet['rules/co_share']),
    co_weights: Object.fromEntries(weights),
    grades: sheet.grades,
    places: Number(sheet['rules/places']),
    objection_days: Number(sheet['rules/objection_days']),
    interview: { below: sheet['rules/interview/below'], findings: Number(sheet['rules/interview/findings']) },
    days_not_counted: sheet['rules/days_not_counted'].split(/[、，,\s]+/).filter(Boolean),
  }
}

/** Grades and thresholds in words. */
export function factsOf(rules: RulesOutput): { key: string, label: string, value: string }[] {
  const weights = Object.entries(rules.co_weights ?? {}).map(([code, weight]) => `${code} ${score(weight)}`)
  const merged = isZero(rules.co_share) ? '只作参考，不计入总分' : [`占总分的 ${percentOf(rules.co_share)}%`, weights.length && `权重 ${weights.join('、')}`].filter(Boolean).join('，')
  return [
    ...rules.grades.map((one, at) => ({ key: `grade${at}`, label: one.name, value: gradeOf(rules.grades, at) })),
    { key: 'places', label: '总分', value: rules.places ? `保留 ${rules.places} 位小数，四舍五入` : '取整，四舍五入' },
    { key: 'days', label: '下基层天数', value: rules.days_not_counted.length ? `不计${rules.days_not_counted.join('、')}` : '各种事由都计' },
    { key: 'share', label: '并入考核', value: merged },
    { key: 'objection', label: '陈述申辩', value: `反馈后 ${rules.objection_days} 个工作日内` },
    { key: 'interview', label: '约谈条件', value: `低于 ${score(rules.interview.below)} 分，且发现问题 ${rules.interview.findings} 个以上` },
  ]
}

/** What a grade asks: 90.00 分以上，且没有得零分的条目; the lowest: 低于 70.00 分. */
export function gradeOf(grades: readonly GradeOutput[], at: number): string {
  const { at_least: least, no_zero_item: noZero } = grades[at]!
  const above = grades[at - 1]
  if (isZero(least)) return above ? `低于 ${score(above.at_least)} 分` : '不论得分'
  return `${score(least)} 分以上${noZero ? '，且没有得零分的条目' : ''}`
}

/** What keeps the grades from being saved. */
export function faultOfGrades(grades: readonly GradeOutput[]): string | undefined {
  if (grades.some(one => !one.name.trim())) return '每个等次都要有名称'
  if (grades.some(one => !isFigure(one.at_least))) return '等次的下限要填数字'
  const isFalling = grades.every((one, at) => at === 0 || compare(grades[at - 1]!.at_least, one.at_least) >= 0)
  if (!isFalling) return '等次要从高到低排列'
  return grades.length && isZero(grades.at(-1)!.at_least) ? undefined : '最后一等的下限应为 0'
}

/** Sentences for the fields of one figure, by their names. */
export function faultsOf(sheet: Sheet): Record<string, string | false> {
  const share = sheet['rules/co_share']
  const isShared = isFigure(share) && !isZero(share)
  return {
    'rules/co_share': (!isFigure(share) || compare(share, '100') > 0) ? '填 0 至 100 之间的数' : isShared && Object.values(sheet.weights).every(one => isZero(readable(one))) && '至少给一项并入考核填上权重',
    'rules/objection_days': !isCount(sheet['rules/objection_days']) && '填工作日的天数',
    'rules/interview/below': !isFigure(sheet['rules/interview/below']) && '填分数',
    'rules/interview/findings': !isCount(sheet['rules/interview/findings']) && '填个数',
  }
}
