/** Standards: items by dimension, mistakes of an imported file, pairs of old and new items. */
import type { CriterionPublic, DimensionPublic, MappingPublic } from '@/core/api/schema'

export interface Group { dimension: DimensionPublic, criteria: CriterionPublic[] }

export function byDimension(dimensions: readonly DimensionPublic[], criteria: readonly CriterionPublic[]): Group[] {
  return dimensions.map(dimension => ({ dimension, criteria: criteria.filter(one => one.dimension_id === dimension.id) }))
}

/** The first number a dimension's items leave free: A1, A2, A4 → A5. */
export function nextCode(dimension: string, codes: readonly string[]): string {
  const numbers = codes.filter(code => code.startsWith(dimension)).map(code => Number(code.slice(dimension.length)))
  return `${dimension}${Math.max(0, ...numbers) + 1}`
}

/** 'T5、T6 X1' → ['T5', 'T6', 'X1'], as people separate them. */
export function ledgersOf(text: string): string[] {
  return text.toUpperCase().split(/[\s,，、;；]+/).filter(Boolean)
}

const TYPES: Record<string, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  yaml: 'application/yaml',
  yml: 'application/yaml',
}

/** The file with the type its name says: browsers know no YAML. Undefined for anything else. */
export function typedFile(file: File): Blob | undefined {
  const type = TYPES[file.name.split('.').pop()?.toLowerCase() ?? '']
  return type ? new Blob([file], { type }) : undefined
}

export interface Pair { old_code: string, new_code: string, note: string }

export function pairsFrom(mappings: readonly MappingPublic[], oldStandard: string): Pair[] {
  return mappings.filter(one => one.old_standard_id === oldStandard).map(({ old_code, new_code, note }) => ({ old_code, new_code, note }))
}

/** Adds old → new of the same code for every old item that goes on as nothing yet. */
export function fillSame(pairs: readonly Pair[], olds: readonly string[], news: readonly string[]): Pair[] {
  const known = new Set(pairs.map(one => one.old_code))
  const same = olds.filter(code => !known.has(code) && news.includes(code))
  return [...pairs, ...same.map(code => ({ old_code: code, new_code: code, note: '' }))]
}
