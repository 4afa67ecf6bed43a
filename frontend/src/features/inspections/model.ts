/** Feedback as a tree, and what a group has still to settle. */
import type { ConsolidationItem, DeductionPublic, FeedbackPublic, InspectionState, ItemScore } from '@/core/api/schema'
import { add, compare, isZero, subtract, sum } from '@/core/decimal'
import { partsOf, type ScoreNode } from '@/domain/score'
import { DIMENSION } from '@/domain/words'

const titleOf = (dimension: string) => DIMENSION[dimension as keyof typeof DIMENSION] ?? dimension

function leaf(item: ItemScore): ScoreNode {
  const cut = subtract(item.lost, item.restored)
  const given = isZero(item.restored) ? '' : `申辩后恢复 ${Number(item.restored)} 分`
  return {
    key: item.criterion_id,
    label: item.title,
    code: item.code,
    cut,
    of: item.points,
    got: item.score,
    open: false,
    ...(given || item.reason ? { formula: [given, item.reason && `合议意见：${item.reason}`].filter(Boolean).join('。') } : {}),
    deductions: item.deductions.map(partsOf),
  }
}

/** Total → dimension → item → deductions; dimensions with deductions stand open. */
export function treeOf(feedback: FeedbackPublic): ScoreNode[] {
  const dimensions = [...new Set(feedback.items.map(one => one.dimension))]
  const children = dimensions.map((dimension) => {
    const items = feedback.items.filter(one => one.dimension === dimension)
    const got = sum(items.map(one => one.score))
    const of = sum(items.map(one => one.points))
    return {
      key: dimension, label: titleOf(dimension), note: `${items.length} 条`, got, of, cut: subtract(of, got), open: items.some(one => one.deductions.length > 0), children: items.map(leaf),
    }
  })
  return [{ key: 'total', label: '检查考核得分', got: feedback.score, of: feedback.points, cut: subtract(feedback.points, feedback.score), open: true, children }]
}

const inOrder = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true })

/** As the standard has them: A2 before A10. */
export const byItem = <T extends { criterion_code: string }>(rows: readonly T[]): T[] => [...rows].sort((a, b) => inOrder(a.criterion_code, b.criterion_code))

const NUMERALS = '一二三四五六七八九十'
const numeralOf = (name: string) => [...name].map(sign => NUMERALS.indexOf(sign)).find(at => at >= 0) ?? NUMERALS.length

/** Groups as they are counted: 一组 before 二组. */
export const byNumeral = <T extends { name: string }>(groups: readonly T[]): T[] => [...groups].sort((a, b) => numeralOf(a.name) - numeralOf(b.name) || inOrder(a.name, b.name))

/** What comes next with an inspection, for whoever reads it. */
export function nextOf(state: InspectionState, isScoring: boolean): string {
  if (state === 'in_progress') return isScoring ? '请逐条评分，评完后提交。' : '等各评分人提交，提交后由组长主持合议。'
  return {
    planned: '等检查组到单位检查，由组长开始检查。', scored: '已经合议，等工委反馈单位。',
    feedback: '单位可以在期限内陈述申辩，全部答复后定稿。', finalized: '已经定稿，评分进入年度结果。',
  }[state]
}

/** Items with a deduction, the heaviest first. */
export const withDeductions = (feedback: FeedbackPublic): ItemScore[] => feedback.items
  .filter(one => one.deductions.length > 0)
  .sort((a, b) => Number(subtract(b.lost, a.lost)) || inOrder(a.code, b.code))

/** What the group must still talk about, what it can take over, what it has settled; an outdated word is none. */
export function split(items: readonly ConsolidationItem[]): { open: ConsolidationItem[], agreed: ConsolidationItem[], decided: ConsolidationItem[] } {
  const isSettled = (one: ConsolidationItem) => Boolean(one.decision) && !one.outdated
  return {
    open: items.filter(one => !isSettled(one) && !one.agreed),
    agreed: items.filter(one => !isSettled(one) && one.agreed),
    decided: items.filter(isSettled),
  }
}

/** By how far the inspectors are apart; where that is the same, as the standard has them. */
export function byGap(items: readonly ConsolidationItem[], sort: string): ConsolidationItem[] {
  const by = sort === 'gap' ? 1 : sort === '-gap' ? -1 : 0
  return [...items].sort((a, b) => by * compare(a.gap, b.gap) || inOrder(a.code, b.code))
}

/** What the chosen deductions come to. */
export const costOf = (deductions: readonly Pick<DeductionPublic, 'points'>[]): string => deductions.reduce((total, one) => add(total, one.points), '0')

/** How many items each member judges; an item without names is everybody's. */
export function dealt(items: readonly (readonly string[])[], members: readonly { id: string }[]): Map<string, number> {
  return new Map(members.map(({ id }) => [id, items.filter(people => !people.length || people.includes(id)).length]))
}
