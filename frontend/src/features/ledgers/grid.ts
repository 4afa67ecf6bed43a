/** Rows of a grid: flat values by pointer, `rows/3/details/place`. */
import type { EntryRow, LedgerPublic } from '@/core/api/schema'
import { type DetailField, detailsOf, isoDate, isYes, membersOf, type Named, type Values } from './model'

export interface Column { key: string, label: string, kind: DetailField['kind'], options: string[], initial: string | boolean, field?: DetailField }

const plain = (key: string, label: string, kind: Column['kind']): Column => ({ key, label, kind, options: [], initial: '' })

export function columnsOf(ledger: LedgerPublic, fields: readonly DetailField[]): Column[] {
  return [
    plain('happened_on', ledger.happened_label, 'date'),
    ...(ledger.ended_label ? [plain('ended_on', ledger.ended_label, 'date')] : []),
    ...(ledger.title_label ? [plain('title', ledger.title_label, 'text')] : []),
    ...(ledger.members ? [plain('member_ids', ledger.members.label, 'text')] : []),
    ...fields.map(field => ({ key: `details/${field.name}`, label: field.label, kind: field.kind, options: field.options, initial: field.initial, field })),
  ]
}

export function initialRow(columns: readonly Column[], at: number): Values {
  return Object.fromEntries(columns.map(one => [`rows/${at}/${one.key}`, one.initial]))
}

/** Nothing but defaults: such a row is not sent. */
export function isEmptyRow(values: Values, at: number, columns: readonly Column[]): boolean {
  return columns.every(one => (values[`rows/${at}/${one.key}`] ?? '') === one.initial)
}

export function fromCell(column: Column, text: string): string | boolean {
  if (column.kind === 'bool') return isYes(text)
  return column.kind === 'date' ? isoDate(text) : text
}

export function gridRows(values: Values, numbers: readonly number[], columns: readonly Column[], team: readonly Named[]): EntryRow[] {
  const fields = columns.flatMap(one => one.field ?? [])
  return numbers.map((at) => {
    const text = (key: string) => String((values[`rows/${at}/${key}`] ?? '') as string)
    return {
      title: text('title'),
      happened_on: text('happened_on'),
      ended_on: text('ended_on') || null,
      member_ids: membersOf(text('member_ids'), team).ids,
      details: detailsOf(fields, field => values[`rows/${at}/details/${field.name}`]),
    }
  })
}
