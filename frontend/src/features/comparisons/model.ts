/** Two years side by side: where the line falls, who is tied across it, whose place hangs on the weights. */
import type { ComparisonOutcome, Place, ResultRow } from '@/core/api/schema'

export type Base = '/c' | '/l'

/** With other weights the team would cross the line. */
export const isUnsure = (row: Place, places: number): boolean => row.best_place <= places && row.worst_place > places

/** 3–5, or 9 where nothing moves. */
export const range = (row: Place): string => (row.best_place === row.worst_place ? String(row.place) : `${row.best_place}–${row.worst_place}`)

/** What a reader must know of a row; `isDecided` once the meeting has spoken. */
export function remark(row: Place, places: number, isDecided: boolean): string {
  if (row.at_line) return isDecided ? '跨名额线，已经会议审议' : '跨名额线，不拆分，提请审议'
  return isUnsure(row, places) ? '换算比例变动时会越过名额线' : ''
}

/** The teams that are tied across the line. */
export const tiesAtLine = (outcome: ComparisonOutcome): Place[] => outcome.rows.filter(row => row.at_line)

/** Result and grade of each unit, by its id. */
export const byUnit = (results: readonly ResultRow[] | undefined): Map<string, ResultRow> => new Map(results?.map(one => [one.unit_id, one]))

/** Classes in the order in which they first occur, with their counts. */
export function classes(rows: readonly Place[]): { name: string, count: number }[] {
  return [...new Set(rows.map(one => one.unit_class))].map(name => ({ name, count: rows.filter(one => one.unit_class === name).length }))
}
