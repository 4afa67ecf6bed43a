/** How far inspectors agree, as it is read: shares as percentages, positions on the scale, and what is too little to say. */
import type { AgreementPublic, ConsolidationItem, LeniencyPublic, WordPublic } from '@/core/api/schema'
import { compare, isZero, score, signed, subtract, sum, times } from '@/core/decimal'

/** Below so many items nothing is said, as the back end has it. */
const ENOUGH = 8

export const tooFew = (enough: number = ENOUGH): string => `样本少于 ${enough} 项，不作判断`

/** 0.0312 → 3.12%. */
export const percent = (share: string): string => `${score(times(share, 100))}%`

/** A place among units, to the hundredth: 10%. */
export const roughly = (place: string): string => `${Math.round(Number(place) * 100)}%`

/** With its sign: +3.12. */
export const points = (share: string): string => signed(times(share, 100))

/** Figures of agreement as they are told; too little is said to be too little. */
export function toldOf({ things, exact, gap, alpha }: AgreementPublic, enough: number) {
  const said = (figure: string | null, tell: (figure: string) => string) => (things < enough || figure === null ? undefined : tell(figure))
  return { exact: said(exact, percent), gap: said(gap, percent), alpha: said(alpha, one => one) }
}

const sizeOf = (share: string) => (share.startsWith('-') ? share.slice(1) : share)

/** The farthest anybody lies from the others, at least five hundredths, so that small figures look small. */
export function reach(all: readonly LeniencyPublic[]): string {
  return all.flatMap(one => [one.raw, one.shrunk]).filter(one => one !== null).map(sizeOf)
    .reduce((most, one) => (compare(one, most) > 0 ? one : most), '0.05')
}

/** Where a figure lies on a scale 0 … 100 whose middle is nothing; a place to draw, not a figure to tell. */
export const placeOf = (share: string, most: string): number => 50 + 48 * (Number(share) / Number(most))

/** What can be said of somebody: nothing below the least number; else which way, where he stands out. */
export function verdictOf(one: LeniencyPublic, enough: number): string {
  if (one.raw === null) return tooFew(enough)
  if (one.outlying === null) return ''
  return one.outlying.startsWith('-') ? '明显偏严' : '明显偏宽'
}

/** Judgements farthest from the others' first. */
export const byDistance = (words: readonly WordPublic[]): WordPublic[] => [...words].sort((a, b) => compare(sizeOf(subtract(b.score, b.mean)), sizeOf(subtract(a.score, a.mean))))

/** How far the two of one unit agree, in words. */
export function saidOf(items: readonly ConsolidationItem[]): string {
  const both = items.filter(one => one.opinions.length > 1)
  if (!both.length) return ''
  if (both.length < ENOUGH) return tooFew()
  const same = both.filter(one => isZero(one.gap)).length
  return `${both.length} 项有两人以上评分，${same} 项分值相同，相差共 ${score(sum(both.map(one => one.gap)))} 分`
}
