/** What the leadership's questions are answered with: how many lines stand there at once, and in which words. */
import type { DisagreementPublic, ItemOverYears, RecurringItem } from '@/core/api/schema'
import { compare } from '@/core/decimal'

/** So many lines of an answer are shown; the rest is opened. */
export const SHOWN = 5

export function split<T>(all: readonly T[], shown = SHOWN): { first: readonly T[], rest: readonly T[] } {
  return { first: all.slice(0, shown), rest: all.slice(shown) }
}

/** In how many units a problem must have been found to recur. */
export const AT_LEAST = [5, 10, 20, 30, 50].map(number => ({ value: String(number), label: `${number} 个以上单位` }))

/** Texts that stand for several units; those found once are only counted. */
export const shared = (item: RecurringItem) => item.alike.filter(one => one.units.length > 1)
export const single = (item: RecurringItem) => item.alike.filter(one => one.units.length === 1)

export const flatOf = (items: readonly ItemOverYears[]): ItemOverYears[] => items.filter(one => one.flat)

/** Under which code an item stood, where it was another one. */
export const codesOf = (item: ItemOverYears): string => {
  const others = item.years.filter(one => one.code !== item.code)
  return others.map(one => `${one.year} 年为 ${one.code}`).join('，')
}

/** The assessments that place a unit best and worst: those with its highest and lowest score. */
export function extremes(unit: DisagreementPublic): { best: DisagreementPublic['results'][number], worst: DisagreementPublic['results'][number] } {
  const sorted = [...unit.results].sort((a, b) => compare(b.score, a.score))
  return { best: sorted[0]!, worst: sorted.at(-1)! }
}

/** 0.0417 → 4%: a place among the units of an assessment. */
export const place = (share: string): string => `${Math.round(Number(share) * 100)}%`
