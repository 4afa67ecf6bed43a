/** Rows of a grid: flat values by pointer, `rows/3/details/place`. */
import type { EntryRow, LedgerPublic, RowError } from '@/core/api/schema'
import { type DetailField, detailsOf, isoDate, isYes, membersOf, type Named, type Values } from './model'

export interface Column { key: string, label: string, kind: DetailField['kind'], options: string[], initial: string | boolean, field?: DetailField }

const plain = (key: string, label: string, kind: Column['kind']): Column => ({ key, label, kind, options: [], initial: '' })

export function columnsOf(ledger: LedgerPublic, fields: readonly DetailField[]): Column[] {
  return [
    plain('happened_on', ledger.happened_label, 'date'),
    ...(ledger.ended_label ? [plain('ended_on', ledger.ended_label, 'date')] : []),
    ...(ledger.title_label ? [plain('title', ledger.title_label, 'text')] : []),
    ...(ledger.members ? [plain('member_ids', ledger.members.label, 'text')] : []),
    ...fields.map(field => ({ key: `details/${field.name}`, label: field.group ? `${field.group}：${field.label}` : field.label, kind: field.kind, options: field.options, initial: field.initial, field })),
  ]
}

export function initialRow(columns: readonly Column[], at: number): Values {
  return Object.fromEntries(columns.map(one => [`rows/${at}/${one.key}`, one.initial]))
}

/** Whether a picker of days can show this; other words stay in sight as they are, to be mended. */
export function isDay(value: unknown): boolean {
  if (!value) return true
  const read = new Date(`${String(value as string)}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(String(value as string))
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

/** How an import calls a column: by the field's name, with dots into nested ones. */
const fieldName = (column: Column) => (column.key === 'member_ids' ? 'members' : column.key.replace(/^details\//, '').replaceAll('/', '.'))

/** Rows as an import takes them, just as they are written here. */
export function importRows(kind: string, values: Values, numbers: readonly number[], columns: readonly Column[]): Record<string, unknown>[] {
  return numbers.map(at => ({ kind, ...Object.fromEntries(columns.map(one => [fieldName(one), values[`rows/${at}/${one.key}`] ?? ''])) }))
}

/** What an import found wrong, by the cell it stands in; what is wrong with a row as a whole stands in its first cell. */
export function cellErrors(errors: readonly RowError[], numbers: readonly number[], columns: readonly Column[]): Record<string, string> {
  return Object.fromEntries(errors.flatMap((error) => {
    const at = numbers[(error.row ?? 1) - 1]
    const column = columns.find(one => fieldName(one) === error.column || one.label === error.column) ?? columns[0]
    // A choice shows nothing where it cannot be read: its words are said with the mistake.
    const words = error.value && column?.kind === 'choice' ? `“${error.value}”：` : ''
    return at === undefined || !column ? [] : [[`rows/${at}/${column.key}`, `${words}${error.hint}`]]
  }))
}

/** Cells that were pasted, each with its column: where their first row names columns, by those names. */
export function placed(cells: readonly string[][], at: number, columns: readonly Column[]): [Column, string][][] {
  const [first = [], ...below] = cells
  const named = first.map(text => columns.find(one => one.label === text))
  const isHeading = named.filter(Boolean).length > 1
  return (isHeading ? below : cells).map(line => line.flatMap((text, right) => {
    const column = isHeading ? named[right] : columns[at + right]
    return column ? [[column, text] as [Column, string]] : []
  }))
}
