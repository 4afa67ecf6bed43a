/** What is said of a result in one line. */
import type { Action, Node, Outcome, ResultRow } from '@/core/api/schema'
import { compare, isZero, score, subtract, sum } from '@/core/decimal'

/** The three places a result is read from: the own, the committee's, the leadership's. */
export type Base = '/u' | '/c' | '/l'

function itemsOf(node: Node): Node[] {
  return node.kind === 'item' ? [node] : (node.children ?? []).flatMap(itemsOf)
}

/** Items that lost something, the heaviest first. */
export const losses = ({ tree }: Outcome): Node[] => itemsOf(tree).filter(one => !isZero(one.lost)).sort((a, b) => compare(b.lost, a.lost))

/** 9 条，共 9.05 分. */
export function lossText(outcome: Outcome): string {
  const lost = losses(outcome)
  return lost.length ? `${lost.length} 条，共 ${score(sum(lost.map(one => one.lost)))} 分` : '没有'
}

/** 升 1.20, 降 0.50, 持平. */
export function turn(before: string, now: string): string {
  const way = compare(now, before)
  return way === 0 ? '持平' : way > 0 ? `升 ${score(subtract(now, before))}` : `降 ${score(subtract(before, now))}`
}

/** How many results have each grade, the grade of the best first. */
export function grades(results: readonly ResultRow[]): { grade: string, count: number }[] {
  const sorted = [...results].sort((a, b) => compare(b.total, a.total))
  return [...new Set(sorted.map(one => one.grade))].map(grade => ({ grade, count: results.filter(one => one.grade === grade).length }))
}

/** Place of each result among those of its class, by id; equal totals share one. For the committee alone. */
export function placesInClass(results: readonly ResultRow[]): Map<string, number> {
  return new Map(results.map(one => [one.id, 1 + results.filter(other => other.unit_class === one.unit_class && compare(other.total, one.total) > 0).length]))
}

/** Classes of units, as they first occur. */
export const classesOf = (results: readonly ResultRow[]): string[] => [...new Set(results.map(one => one.unit_class))].filter(Boolean)

/** The results that may take this step now, and the step itself as the answer offers it. */
export function ready(results: readonly ResultRow[], name: string): { rows: ResultRow[], action: Action | undefined } {
  const offered = (one: ResultRow) => one.actions.find(action => action.name === name)
  const rows = results.filter(offered)
  return { rows, action: rows[0] && offered(rows[0]) }
}

interface Step { key: string, label: string, note: string, state: 'done' | 'now' | 'next' }

/** How far a year's results are: the first step that is not done for every unit is the one now. */
export function steps(results: readonly ResultRow[]): Step[] {
  const total = results.length
  const approved = results.filter(one => one.state !== 'computed').length
  const published = results.filter(one => one.state === 'published').length
  const way = [
    { key: 'compute', label: '计算', note: total ? `${total} 个单位` : '未开始', done: total > 0 },
    { key: 'approve', label: '审定', note: total ? `${approved} / ${total}` : '', done: total > 0 && approved === total },
    { key: 'publish', label: '公布', note: total ? `${published} / ${total}` : '', done: total > 0 && published === total },
  ]
  const at = way.findIndex(one => !one.done)
  return way.map(({ key, label, note, done }, index) => ({ key, label, note, state: done ? 'done' : index === at ? 'now' : 'next' }))
}

/** What is said before and after all results of a year are approved or published. */
export const BATCH = {
  approve: {
    label: '审定',
    consequences: ['审定后，这些单位的结果不能再重新计算。', '得分、等次和计算所依据的评分、并入考核成绩、方案一并固定。', '有不同意见的单位，请先从名单中逐个看过再审定。'],
    after: '结果已经固定，下一步由工委领导公布。',
  },
  publish: {
    label: '公布',
    consequences: ['公布后，每个单位立即看到自己的得分、等次和每一处扣分的依据。', '公布不能撤回。', '各单位只看到本单位的结果，看不到其他单位的得分和次序。'],
    after: '各单位现在可以看到自己的结果。两个年度都公布后，可以进行集中评比。',
  },
} as const
