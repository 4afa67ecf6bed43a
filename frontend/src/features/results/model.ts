/** A result as a tree to open, and what is said of it in one line. */
import type { Action, Node, Outcome, ResultRow } from '@/core/api/schema'
import { compare, isZero, score, subtract, sum } from '@/core/decimal'
import { partsOf, type ScoreNode } from '@/domain/score'

/** The three places a result is read from: the own, the committee's, the leadership's. */
export type Base = '/u' | '/c' | '/l'

function item(node: Node, all: boolean): ScoreNode {
  return {
    key: node.code, code: node.code, label: node.label, cut: node.lost, of: node.of, got: node.got, open: all,
    ...(node.note ? { formula: node.note } : {}),
    deductions: node.deductions?.map(partsOf) ?? [],
  }
}

const isPlain = (node: Node): boolean => isZero(node.lost) && !node.note && !node.deductions?.length

/** Items in a row that lost nothing share one line: what was lost is what is looked for. */
function gather(items: readonly Node[], all: boolean): ScoreNode[] {
  const lines: Node[][] = []
  for (const node of items) {
    const last = lines[lines.length - 1]
    if (last && isPlain(node) && isPlain(last[0]!)) last.push(node)
    else lines.push([node])
  }
  return lines.map(run => (run.length === 1 ? item(run[0]!, all) : {
    key: `${run[0]!.code}-`,
    label: run.length === 2 ? run.map(one => one.code).join('、') : `${run[0]!.code} 至 ${run[run.length - 1]!.code}`,
    note: `${run.length} 条未扣分`,
    cut: '0', of: sum(run.map(one => one.of)), got: sum(run.map(one => one.got)),
    open: all,
    children: run.map(one => item(one, all)),
  }))
}

function dimension(node: Node, all: boolean): ScoreNode {
  const items = node.children ?? []
  const cut = items.filter(one => !isZero(one.lost)).length
  return {
    key: node.code, label: `${node.code} ${node.label}`, note: `${items.length} 条，${cut ? `${cut} 条有扣分` : '未扣分'}`,
    cut: node.lost, of: node.of, got: node.got, open: all || cut > 0, children: gather(items, all),
  }
}

/** A bonus or a penalty: it has no full mark, and opens into its fact and evidence. */
const extra = (node: Node): ScoreNode => ({ key: `${node.code} ${node.note}`, code: node.code, label: node.label, formula: node.note, got: node.got, signed: true })

/** A merged assessment, or a group of raters. */
function weighed(node: Node): ScoreNode {
  const note = [node.note, node.formula].filter(Boolean).join('，')
  return { key: node.code, label: node.label, note, ...(node.missing ? {} : { of: node.of, got: node.got, cut: node.lost }) }
}

function part(node: Node, all: boolean): ScoreNode {
  const { missing } = node
  if (node.code === 'extras') return { key: node.code, label: node.label, note: [formulaOf(node), node.note].filter(Boolean).join('；'), got: node.got, signed: true, open: true, children: (node.children ?? []).map(extra) }
  const children = (node.children ?? []).map(one => (one.kind === 'dimension' ? dimension(one, all) : weighed(one)))
  return { key: node.code, label: node.label, note: node.note, ...(missing ? {} : { of: node.of, got: node.got, cut: node.lost }), open: true, children }
}

/** A formula as it was written, its figures as they are shown everywhere else. */
const formulaOf = (node: Node): string => node.formula.replace(/\d+\.\d+/g, score)

/** Total → part → dimension → item → deductions; dimensions that lost something stand open, everything with `all`. */
export function treeOf({ tree }: Outcome, all = false): ScoreNode[] {
  return [{ key: 'total', label: tree.label, of: tree.of, got: tree.got, formula: formulaOf(tree), open: true, children: (tree.children ?? []).map(one => part(one, all)) }]
}

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
