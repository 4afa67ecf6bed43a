/** What a ledger's JSON Schema says about its fields; rows as the form, the grid and the list need them. */
import type { EntryPublic, Status } from '@/core/api/schema'
import type { Word } from '@/domain/words'

interface Schema {
  type?: string
  title?: string
  description?: string
  format?: string
  enum?: string[]
  anyOf?: Schema[]
  $ref?: string
  $defs?: Record<string, Schema>
  properties?: Record<string, Schema>
  required?: string[]
  default?: unknown
  maxLength?: number
  readOnly?: boolean
  'x-only-for'?: Record<string, string>
}

/** One control. `name` is its pointer below `/details/`; `group` heads the boxes that belong together. */
export interface DetailField {
  name: string
  label: string
  hint: string | undefined
  kind: 'text' | 'long' | 'int' | 'decimal' | 'date' | 'bool' | 'choice'
  options: string[]
  optional: boolean
  group: string | undefined
  groupHint: string | undefined
  /** Asked only where the other fields have these values. */
  onlyFor: Record<string, string>
  initial: string | boolean
  /** What is sent for nothing; undefined leaves the field out, so that the server asks for it. */
  blank: '' | null | undefined
}

export type Values = Record<string, unknown>

const LONG = 300

function kindOf(schema: Schema): DetailField['kind'] {
  if (schema.enum) return 'choice'
  if (schema.type === 'boolean') return 'bool'
  if (schema.type === 'integer') return 'int'
  if (schema.format === 'decimal' || schema.format === 'date') return schema.format
  return (schema.maxLength ?? 0) > LONG ? 'long' : 'text'
}

/** The fields of a ledger in the order of its form; what machines fill in is left out. */
export function fieldsOf(schema: object | null): DetailField[] {
  const root = (schema ?? {}) as Schema
  const read = (part: Schema, prefix: string, group?: Schema): DetailField[] => Object.entries(part.properties ?? {}).flatMap(([name, raw]) => {
    if (raw.readOnly) return []
    const inner = raw.$ref ? root.$defs?.[raw.$ref.split('/').at(-1)!] ?? raw : raw.anyOf?.find(one => one.type !== 'null') ?? raw
    if (inner.properties) return read(inner, `${prefix}${name}/`, raw)
    const isNullable = raw.anyOf !== undefined
    const given = raw.default ?? ''
    return [{
      name: `${prefix}${name}`,
      label: raw.title ?? name,
      hint: raw.description,
      kind: kindOf(inner),
      options: inner.enum ?? [],
      optional: (isNullable || given === '') && !raw['x-only-for'],
      group: group?.title,
      groupHint: group?.description,
      onlyFor: raw['x-only-for'] ?? {},
      initial: typeof given === 'boolean' ? given : inner.type === 'boolean' ? false : String(given as string | number),
      blank: isNullable ? null : raw.default === '' ? '' : undefined,
    } satisfies DetailField]
  })
  const isRequired = (field: DetailField) => root.required?.includes(field.name) ?? false
  return read(root, '').map(field => ({ ...field, optional: field.optional && !isRequired(field) }))
}

function at(details: Values, name: string): unknown {
  return name.split('/').reduce<unknown>((found, part) => (found as Values | undefined)?.[part], details)
}

/** Values of the form, by pointer: a new row's, or those of `details`. */
export function formOf(fields: readonly DetailField[], details?: Values): Record<string, string | boolean> {
  return Object.fromEntries(fields.map((field) => {
    const value = details ? at(details, field.name) : field.initial
    return [`details/${field.name}`, field.kind === 'bool' ? Boolean(value) : String((value ?? '') as string)]
  }))
}

function sent(field: DetailField, value: unknown): unknown {
  if (field.kind === 'bool') return Boolean(value)
  const text = String((value ?? '') as string).trim()
  if (!text) return field.blank
  // What is no number goes as it is: the server says so at the field, and nothing typed is lost.
  return field.kind === 'int' && /^-?\d{1,9}$/.test(text) ? Number(text) : text
}

/** Whether a field is asked, as the others stand. */
export function isAsked(field: DetailField, values: Values): boolean {
  return Object.entries(field.onlyFor).every(([name, value]) => values[`details/${name}`] === value)
}

/** The other way: `read` gives a control's value by its field. `kept` are details that the form does not show. */
export function detailsOf(fields: readonly DetailField[], read: (field: DetailField) => unknown, kept: Values = {}): Values {
  const details: Values = { ...kept }
  for (const field of fields) {
    const value = sent(field, read(field))
    const [name, inner] = field.name.split('/') as [string, string?]
    if (inner) details[name] = { ...details[name] as Values | undefined, [inner]: value }
    else if (value === undefined) Reflect.deleteProperty(details, name)
    else details[name] = value
  }
  return details
}

export interface Said { label: string, text: string }

/** What a row says, in words; boxes that are not ticked are silent. */
export function saidOf(fields: readonly DetailField[], details: Values): Said[] {
  return fields.flatMap((field) => {
    const value = at(details, field.name)
    if (value === null || value === undefined || value === '' || value === false) return []
    return [{ label: field.label, text: value === true ? '是' : String(value as string | number) }]
  })
}

/** 2026/3/2, 2026.3.2 and 2026年3月2日 as sheets write them → 2026-03-02; anything else stays. */
export function isoDate(text: string): string {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim())
  return found ? `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}` : text.trim()
}

const YES = new Set(['是', '√', '✓', '1', 'true', 'TRUE', '有'])

export function isYes(text: string): boolean {
  return YES.has(text.trim())
}

export interface Named { id: string, name: string }

/** `张明、李红` → their ids; `unknown` are names nobody here has. */
export function membersOf(text: string, team: readonly Named[]): { ids: string[], unknown: string[] } {
  const names = text.split(/[、，,;；\s]+/).filter(Boolean)
  return {
    ids: names.flatMap(name => team.find(one => one.name === name)?.id ?? []),
    unknown: names.filter(name => !team.some(one => one.name === name)),
  }
}

export function periodOf(entry: Pick<EntryPublic, 'happened_on' | 'ended_on'>): string {
  return entry.ended_on && entry.ended_on !== entry.happened_on ? `${entry.happened_on} 至 ${entry.ended_on}` : entry.happened_on
}

export const STATUS: Record<Status, Word> = {
  met: { text: '达标', tone: 'ok' },
  on_track: { text: '进度正常', tone: 'doing' },
  at_risk: { text: '预计不达标', tone: 'warn' },
  missed: { text: '未达标', tone: 'bad' },
  not_applicable: { text: '暂无数据', tone: 'none' },
}
