/** What follows from the figures of a scheme that is typed: sums, shares, places. */
import { compare, score, subtract, sum } from '@/core/decimal'
import { dimensionsOf, type ItemSheet, itemsOf, type LevelSheet, type QuotaSheet, readable, type Sheet } from './scheme'

export interface Tally { code: string, points: string, items: string[], spread: string, off: string }

/** Each dimension with the sum of its items' points, and how much that is off. Undecipherable figures count nothing. */
export function tally(sheet: Sheet): Tally[] {
  const items = Object.entries(itemsOf(sheet))
  return Object.entries(dimensionsOf(sheet)).map(([code, points]) => {
    const own = items.filter(([item]) => item.startsWith(code))
    const spread = sum(own.map(([, one]) => readable(one.points)))
    return { code, points, items: own.map(([item]) => item), spread, off: subtract(spread, readable(points)) }
  })
}

/** What is left of the whole for the items' inspection, in percent; below nought where the others take too much. */
export const inspectionShare = (sheet: Sheet): string => subtract('100', sum([sheet['rules/co_share'], sheet['rules/ballot_share']].map(readable)))

const centsOf = (points: string): number => {
  const [whole = '0', fraction = ''] = score(readable(points)).split('.')
  return Number(whole) * 100 + Number(fraction.slice(0, 2))
}

function fromCents(cents: number): string {
  const digits = String(cents).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** Splits points into hundredths that add up exactly; the first get the odd ones: 25 over 3 → 8.34, 8.33, 8.33. */
export function spreadEvenly(points: string, count: number): string[] {
  const cents = centsOf(points)
  const [each, odd] = [Math.floor(cents / count), cents % count]
  return Array.from({ length: count }, (_, at) => fromCents(each + (at < odd ? 1 : 0)))
}

/** The item's best level is not worth its points: they were changed, the levels not yet. */
export const isOutOfScale = ({ points, levels: [best] }: ItemSheet): boolean => best !== undefined && compare(readable(best.points), readable(points)) !== 0

/** Levels in the same proportion to the item's new points, in hundredths, half up; the best is worth all of them. */
export function rescaled({ points, levels }: ItemSheet): LevelSheet[] {
  const whole = centsOf(levels[0]!.points)
  return levels.map((one, at) => ({ ...one, points: at ? fromCents(whole ? Math.round(centsOf(one.points) * centsOf(points) / whole) : 0) : points }))
}

export interface Places { unitClass: string, units: number, places: number }

/** How many places a quota has, class by class; one without a class stands for those that have none of their own. */
export function placesOf(quota: QuotaSheet, quotas: readonly QuotaSheet[], classes: ReadonlyMap<string, number>): Places[] {
  const own = quotas.filter(one => one.grade === quota.grade && one.unit_class).map(one => one.unit_class)
  const percent = /^\d+$/.test(quota.percent) ? Number(quota.percent) : 0
  return [...classes].filter(([name]) => (quota.unit_class ? name === quota.unit_class : !own.includes(name)))
    .map(([unitClass, units]) => ({ unitClass, units, places: Math.floor(units * percent / 100) }))
}

/** Does one figure reach the other? Unreadable ones count nothing. */
export const reaches = (text: string, other: string): boolean => compare(readable(text), readable(other)) >= 0
