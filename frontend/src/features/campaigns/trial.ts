/** A made-up unit, as it is typed and as the API takes it; what is left empty has no result. */
import type { SchemeTrial } from '@/core/api/schema'
import { compare, isDecimal, score, subtract } from '@/core/decimal'
import { type ItemSheet, itemsOf, readable, rulesOf, type Sheet } from './scheme'

export interface Trial { unitClass: string, lost: Record<string, string>, assessments: Record<string, string>, ballots: Record<string, string> }

const isScore = (text: string, most: string): boolean => isDecimal(text) && compare(text, '0') >= 0 && compare(text, most) <= 0
const filled = (given: Readonly<Record<string, string>>, among: readonly string[]): Record<string, string> =>
  Object.fromEntries(among.flatMap(name => (given[name]?.trim() ? [[name, given[name].trim()]] : [])))

/** Merged assessments and groups of raters that have a weight. */
export const weighedOf = (sheet: Sheet): { assessments: string[], ballots: string[] } => {
  const rules = rulesOf(sheet)
  return { assessments: Object.keys(rules.co_weights ?? {}), ballots: Object.keys(rules.rater_groups ?? {}) }
}

export function trialOf(sheet: Sheet, trial: Trial): SchemeTrial {
  const { assessments, ballots } = weighedOf(sheet)
  return {
    rules: rulesOf(sheet),
    unit_class: trial.unitClass,
    lost: filled(trial.lost, Object.keys(itemsOf(sheet))),
    assessments: filled(trial.assessments, assessments),
    ballots: filled(trial.ballots, ballots),
  }
}

/** The levels of an item as choices, each worth what it costs. */
export const levelsOf = ({ points, levels }: ItemSheet): { value: string, label: string }[] =>
  levels.map(one => ({ value: score(subtract(readable(points), readable(one.points))), label: `${one.name}（${one.points} 分）` }))

/** What is wrong with a figure: an item loses at most its points, a score is at most 100. */
export function faultOf(text: string | undefined, most: string): string | undefined {
  return !text?.trim() || isScore(text, most) ? undefined : `填 0 至 ${most}`
}
