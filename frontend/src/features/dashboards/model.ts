/** What the leadership's pages are drawn from: levels of the heat table, order and filters, the trend's lines. */
import { compare, score, signed, subtract, times } from '@/core/decimal'
import type { HeatItem, HeatRow, HeatTable, YearAverage } from '@/core/api/schema'

/** Shares of the points, in per cent, from which the next level begins; 80 and 90 are the grades' usual limits. */
const STEPS = [70, 75, 80, 85, 90, 93, 96]

/** 1 (low) … 8 (high): the same colour means the same share in every year and every item. */
export function levelOf(got: string, of: string): number {
  const hundredfold = times(got, 100)
  return 1 + STEPS.filter(step => compare(hundredfold, times(of, step)) >= 0).length
}

export interface HeatFilters { unit_class: string, grade: string, by: string }

/** How rows may be ordered; the units' own order is the standard one, and none of them is public. */
export const ORDERS = [
  { value: '', label: '按单位序列' }, { value: '-total', label: '合计从高到低' }, { value: 'total', label: '合计从低到高' },
  { value: '-change', label: '较上年升幅' }, { value: 'change', label: '较上年降幅' }, { value: 'gap', label: '距上一等次近的在前' },
] as const

type Measured = 'total' | 'change' | 'gap'

export function rowsOf(rows: readonly HeatRow[], { unit_class, grade, by }: HeatFilters): HeatRow[] {
  const kept = rows.filter(one => (!unit_class || one.unit_class === unit_class) && (!grade || one.grade === grade))
  if (!by) return kept
  const field = by.replace('-', '') as Measured
  const sign = by.startsWith('-') ? -1 : 1
  const known = kept.filter(one => one[field] !== null)
  return [...known.sort((a, b) => sign * compare(a[field]!, b[field]!)), ...kept.filter(one => one[field] === null)]
}

export const classesOf = (table: HeatTable): string[] => [...new Set(table.rows.map(one => one.unit_class))]
export const gradesOf = (table: HeatTable): string[] => [...new Set([...table.rows].sort((a, b) => compare(b.total, a.total)).map(one => one.grade))]

/** +1.20, −0.90; a unit without last year's result has none. */
export const changeOf = (row: Pick<HeatRow, 'change'>): string => (row.change === null ? '—' : signed(row.change))
export const gapOf = (row: Pick<HeatRow, 'gap'>): string => (row.gap === null ? '—' : score(row.gap))

/** A unit's items under their dimensions. */
export function byDimension(items: readonly HeatItem[]): { code: string, items: HeatItem[] }[] {
  const found = new Map<string, HeatItem[]>()
  for (const one of items) found.set(one.dimension, [...(found.get(one.dimension) ?? []), one])
  return [...found].map(([code, of]) => ({ code, items: of }))
}

/** The items that lost something, the dearest first: what one wants to read about. */
export function lostOf(items: readonly HeatItem[]): HeatItem[] {
  return items.filter(one => compare(one.got, one.of) < 0).sort((a, b) => compare(difference(b), difference(a)))
}
const difference = ({ got, of }: HeatItem) => subtract(of, got)

export interface Point { x: number, y: number }
export interface Line { key: string, label: string, last: string, points: Point[], labelY: number, isLowest: boolean }
export interface Chart { lines: Line[], years: { x: number, year: number }[], grid: { y: number, value: number }[] }

export interface Frame { left: number, right: number, top: number, bottom: number, labelGap: number }

/** Moves labels apart that would lie on each other; keeps their order. Gives the ys in the order they came. */
export function spread(ys: readonly number[], gap: number, bottom: number): number[] {
  const order = ys.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y)
  for (let at = 1; at < order.length; at += 1) order[at]!.y = Math.max(order[at]!.y, order[at - 1]!.y + gap)
  for (let at = order.length - 1, limit = bottom; at >= 0; at -= 1, limit = order[at + 1]!.y - gap) order[at]!.y = Math.min(order[at]!.y, limit)
  return ys.map((_, at) => order.find(one => one.at === at)!.y)
}

const GRID_STEPS = [1, 2, 5, 10, 20, 25]
const MOST_LINES = 5
/** No rate is higher: the grid ends there. */
const FULL = 100

/** Lines of each name over the years, in the units of the drawing. One year alone makes no line. */
export function chartOf(trend: readonly Pick<YearAverage, 'year' | 'dimensions'>[], names: Record<string, string>, frame: Frame): Chart | undefined {
  if (trend.length < 2) return undefined
  const codes = Object.keys(names).filter(code => trend.every(one => code in one.dimensions))
  const all = trend.flatMap(one => codes.map(code => Number(one.dimensions[code])))
  const step = GRID_STEPS.find(one => (Math.max(...all) - Math.min(...all)) / one <= MOST_LINES - 1) ?? 50
  const high = Math.min(Math.ceil((Math.max(...all) + 0.01) / step) * step, FULL)
  const low = Math.min(Math.floor(Math.min(...all) / step) * step, high - step)
  const x = (at: number) => frame.left + (at / (trend.length - 1)) * (frame.right - frame.left)
  const y = (value: number) => frame.bottom - ((value - low) / (high - low)) * (frame.bottom - frame.top)

  const lines = codes.map(code => ({
    key: code, label: `${code} ${names[code]}`.trimEnd(), last: trend.at(-1)!.dimensions[code]!,
    points: trend.map((one, at) => ({ x: x(at), y: y(Number(one.dimensions[code])) })),
  }))
  const ends = spread(lines.map(one => one.points.at(-1)!.y), frame.labelGap, frame.bottom)
  const lowest = lines.reduce((least, one) => (compare(one.last, least.last) < 0 ? one : least))
  return {
    lines: lines.map((one, at) => ({ ...one, labelY: ends[at]!, isLowest: one === lowest })),
    years: trend.map((one, at) => ({ x: x(at), year: one.year })),
    grid: Array.from({ length: (high - low) / step + 1 }, (_, at) => ({ y: y(low + at * step), value: low + at * step })),
  }
}
