/** Two years side by side: where the line falls, who is tied across it, whose place hangs on what counts. */
import type { ComparisonOutcome, Place, ResultRow, Scenario } from '@/core/api/schema'
import { score } from '@/core/decimal'

export type Base = '/c' | '/l'
type Formula = Partial<NonNullable<ComparisonOutcome['formula']>>
type Outcome = Pick<ComparisonOutcome, 'places' | 'quotas' | 'rows'>

/** With quotas each class compares by itself, and has its own line. */
export const hasQuotas = ({ quotas }: Outcome): boolean => Object.keys(quotas ?? {}).length > 0

/** Where the line of a unit's race lies. */
export const lineOf = (outcome: Outcome, unitClass: string): number => (hasQuotas(outcome) ? outcome.quotas?.[unitClass] ?? 0 : outcome.places)

/** If something else counted, the team would cross the line. */
export const isUnsure = (row: Place, line: number): boolean =>
  row.best_place !== null && row.worst_place !== null && row.best_place <= line && row.worst_place > line

/** 3–5, or 9 where nothing moves; a dash where the formula gives no place. */
export function range(row: Place): string {
  if (row.best_place === null) return '—'
  return row.best_place === row.worst_place ? String(row.best_place) : `${row.best_place}–${row.worst_place}`
}

/** What a reader must know of a row; `isDecided` once the meeting has spoken. */
export function remark(row: Place, line: number, isDecided: boolean): string {
  if (row.place === null) return '未达到两年的最低分，不列次序'
  if (row.at_line) return isDecided ? '跨名额线，已经会议审议' : '跨名额线，不拆分，提请审议'
  return isUnsure(row, line) ? '换一种算法会越过名额线' : ''
}

/** The teams that are tied across a line. */
export const tiesAtLine = (outcome: Pick<Outcome, 'rows'>): Place[] => outcome.rows.filter(row => row.at_line)

/** Result and grade of each unit, by its id. */
export const byUnit = (results: readonly ResultRow[] | undefined): Map<string, ResultRow> => new Map(results?.map(one => [one.unit_id, one]))

/** Classes in the order in which they first occur, with their counts. */
export function classes(rows: readonly Pick<Place, 'unit_class'>[]): { name: string, count: number }[] {
  return [...new Set(rows.map(one => one.unit_class))].map(name => ({ name, count: rows.filter(one => one.unit_class === name).length }))
}

export interface Race { name: string, rows: Place[], line: number }

/** The tables of places: one of all, or one for each class where classes have quotas. */
export function races(outcome: Outcome): Race[] {
  if (!hasQuotas(outcome)) return [{ name: '', rows: outcome.rows, line: outcome.places }]
  return classes(outcome.rows).map(({ name }) => ({ name, rows: outcome.rows.filter(row => row.unit_class === name), line: lineOf(outcome, name) }))
}

/** All places together. */
export const placesOf = (outcome: { places: number, quotas?: Record<string, number> }): number => {
  const quotas = Object.values(outcome.quotas ?? {})
  return quotas.length ? quotas.reduce((all, one) => all + one, 0) : outcome.places
}

/** How two years become one figure, written out. */
export function formulaOf(formula: Formula | undefined, first: number, second: number): string {
  const percent = formula?.first_percent ?? 50
  if (formula?.kind === 'weighted') return `${first} × ${percent}% + ${second} × ${100 - percent}%`
  const mean = `（${first} + ${second}）÷ 2`
  return formula?.kind === 'both' ? `${mean}，两年都不低于 ${score(formula.threshold ?? '0')} 分的参加` : mean
}

/** What would change who is within the places, first; how many would change nothing. */
export function sorted(scenarios: readonly Scenario[] | undefined): { crossing: Scenario[], quiet: number } {
  const crossing = (scenarios ?? []).filter(one => one.crossings.length > 0)
  return { crossing, quiet: (scenarios?.length ?? 0) - crossing.length }
}

/** 市教育局由 8 到 9，落选. */
export function crossingText(one: Scenario['crossings'][number]): string {
  const from = one.place === null ? '不列次序' : `第 ${one.place} `
  return `${one.unit_name}由${from}到${one.then === null ? '不列次序' : `第 ${one.then}`}，${one.comes_in ? '入围' : '落选'}`
}
