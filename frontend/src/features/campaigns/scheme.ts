/** A scheme as it is typed and as the API takes it. Fields are called as the API's refusals call them. */
import type { ExtraKind, Rounding, RulesInput, RulesOutput } from '@/core/api/schema'
import { isDecimal, isZero, score, times } from '@/core/decimal'

export interface ClauseSheet { text: string, points: string }
export interface LevelSheet { name: string, text: string, points: string }
/** An item loses points by `clauses` or by `levels`, never by both. */
export interface ItemSheet { points: string, floor: string, clauses: ClauseSheet[], levels: LevelSheet[] }
export interface GroupSheet { name: string, points: string }
export interface ExtraSheet { code: string, kind: ExtraKind, text: string, points: string, times_most: string, notice_days: string }
export interface VetoSheet { code: string, text: string, grade: string, assessment: string, notice_days: string }
export interface GradeSheet { name: string, at_least: string, no_zero_item: boolean, dimension_percent: string }
export interface QuotaSheet { grade: string, unit_class: string, percent: string }

/** Figures as they stand in their fields; each key is merged by itself where two people write at once. */
export type Sheet = {
  [dimension: `rules/dimensions/${string}`]: string
  [item: `rules/items/${string}`]: ItemSheet
  'rules/not_for': Record<string, string[]>
  'rules/scorers': string
  'rules/co_share': string
  'rules/co_weights': Record<string, string>
  'rules/ballot_share': string
  'rules/rater_groups': GroupSheet[]
  'rules/extras': ExtraSheet[]
  'rules/bonus_most': string
  'rules/penalty_most': string
  'rules/ceiling': string
  'rules/vetoes': VetoSheet[]
  'rules/grades': GradeSheet[]
  'rules/quotas': QuotaSheet[]
  'rules/places': string
  'rules/rounding': Rounding
  'rules/objection_days': string
  'rules/interview/below': string
  'rules/interview/findings': string
  'rules/days_not_counted': string
}

/** Figures that nobody can read count nothing. */
export const readable = (text: string): string => (isDecimal(text) ? text.trim() : '0')

/** As it is typed: 20.0000 → 20, 12.5000 → 12.5. */
const bare = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** A part of the whole as percent: 0.2 → 20. */
export const percentOf = (share: string): string => bare(times(share, 100))

/** 12.5 → 0.125, exact. */
export function shareOf(percent: string): string {
  const [whole = '', fraction = ''] = percent.trim().split('.')
  const digits = whole.padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${fraction}`
}

const byKey = <V, W>(record: Readonly<Record<string, V>>, turn: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, turn(value)]))
const under = <V>(prefix: string, record: Readonly<Record<string, V>>): Record<string, V> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [`${prefix}${key}`, value]))
const below = <V>(prefix: string, sheet: Sheet): Record<string, V> =>
  Object.fromEntries(Object.entries(sheet).filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value as V]))

export const dimensionsOf = (sheet: Sheet): Record<string, string> => below('rules/dimensions/', sheet)
export const itemsOf = (sheet: Sheet): Record<string, ItemSheet> => below('rules/items/', sheet)

/** `assessments` are the codes of those that may be merged into the total. */
export function sheetOf(rules: RulesOutput, assessments: readonly string[]): Sheet {
  const weighed = [...new Set([...assessments, ...Object.keys(rules.co_weights ?? {})])]
  return {
    ...under('rules/dimensions/', byKey(rules.dimensions, score)) as Record<`rules/dimensions/${string}`, string>,
    ...under('rules/items/', byKey(rules.items, one => ({
      points: score(one.points),
      floor: score(one.floor),
      clauses: (one.clauses ?? []).map(({ text, points }) => ({ text, points: score(points) })),
      levels: (one.levels ?? []).map(({ name, text, points }) => ({ name, text, points: score(points) })),
    }))) as Record<`rules/items/${string}`, ItemSheet>,
    'rules/not_for': { ...rules.not_for },
    'rules/scorers': String(rules.scorers),
    'rules/co_share': percentOf(rules.co_share),
    'rules/co_weights': Object.fromEntries(weighed.map(code => [code, bare(rules.co_weights?.[code] ?? '0')])),
    'rules/ballot_share': percentOf(rules.ballot_share),
    'rules/rater_groups': Object.entries(rules.rater_groups ?? {}).map(([name, points]) => ({ name, points: bare(points) })),
    'rules/extras': (rules.extras ?? []).map(one => ({ ...one, points: score(one.points), times_most: String(one.times_most), notice_days: String(one.notice_days) })),
    'rules/bonus_most': score(rules.bonus_most),
    'rules/penalty_most': score(rules.penalty_most),
    'rules/ceiling': score(rules.ceiling),
    'rules/vetoes': (rules.vetoes ?? []).map(one => ({ ...one, assessment: one.assessment ?? '', notice_days: String(one.notice_days) })),
    'rules/grades': rules.grades.map(one => ({ ...one, at_least: score(one.at_least), dimension_percent: String(one.dimension_percent) })),
    'rules/quotas': (rules.quotas ?? []).map(one => ({ grade: one.grade, unit_class: one.unit_class ?? '', percent: String(one.percent) })),
    'rules/places': String(rules.places),
    'rules/rounding': rules.rounding,
    'rules/objection_days': String(rules.objection_days),
    'rules/interview/below': score(rules.interview.below),
    'rules/interview/findings': String(rules.interview.findings),
    'rules/days_not_counted': rules.days_not_counted.join('、'),
  }
}

const trimmed = (text: string): string => text.trim()

export function rulesOf(sheet: Sheet): RulesInput {
  const weights = Object.entries(sheet['rules/co_weights']).filter(([, weight]) => !isZero(readable(weight)))
  return {
    dimensions: byKey(dimensionsOf(sheet), trimmed),
    items: byKey(itemsOf(sheet), one => ({
      points: one.points.trim(),
      floor: one.floor.trim() || '0',
      clauses: one.clauses.map(({ text, points }, at) => ({ number: at + 1, text: text.trim(), points: points.trim() })),
      levels: one.levels.map(({ name, text, points }) => ({ name: name.trim(), text: text.trim(), points: points.trim() })),
    })),
    not_for: Object.fromEntries(Object.entries(sheet['rules/not_for']).filter(([, codes]) => codes.length)),
    scorers: Number(sheet['rules/scorers']),
    co_share: shareOf(sheet['rules/co_share']),
    co_weights: Object.fromEntries(weights),
    ballot_share: shareOf(sheet['rules/ballot_share']),
    rater_groups: Object.fromEntries(sheet['rules/rater_groups'].map(one => [one.name.trim(), one.points.trim()])),
    extras: sheet['rules/extras'].map(one => ({ ...one, code: one.code.trim(), text: one.text.trim(), points: one.points.trim(), times_most: Number(one.times_most), notice_days: Number(one.notice_days) })),
    bonus_most: sheet['rules/bonus_most'].trim(),
    penalty_most: sheet['rules/penalty_most'].trim(),
    ceiling: sheet['rules/ceiling'].trim(),
    vetoes: sheet['rules/vetoes'].map(one => ({ ...one, code: one.code.trim(), text: one.text.trim(), notice_days: Number(one.notice_days) })),
    grades: sheet['rules/grades'].map(one => ({ ...one, name: one.name.trim(), at_least: one.at_least.trim(), dimension_percent: Number(one.dimension_percent || 0) })),
    quotas: sheet['rules/quotas'].map(one => ({ ...one, percent: Number(one.percent) })),
    places: Number(sheet['rules/places']),
    rounding: sheet['rules/rounding'],
    objection_days: Number(sheet['rules/objection_days']),
    interview: { below: sheet['rules/interview/below'].trim(), findings: Number(sheet['rules/interview/findings']) },
    days_not_counted: sheet['rules/days_not_counted'].split(/[、，,\s]+/).filter(Boolean),
  }
}

/** What a grade asks: 90.00 分以上，且没有得零分的条目; the lowest: 低于 70.00 分. */
export function gradeOf(grades: RulesOutput['grades'], at: number): string {
  const { at_least: least, no_zero_item: noZero, dimension_percent: percent } = grades[at]!
  const above = grades[at - 1]
  const first = !isZero(least) ? `${score(least)} 分以上` : above ? `低于 ${score(above.at_least)} 分` : '不论得分'
  return [first, noZero && '没有得零分的条目', percent && `每个方面得分率不低于 ${percent}%`].filter(Boolean).join('，且')
}

export const ROUNDING: Record<Rounding, string> = { half_up: '四舍五入', half_even: '四舍六入五成双', down: '直接舍去' }
