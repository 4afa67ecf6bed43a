/** An outcome's explanation as a tree to open: of a result, or of a scheme that is tried. */
import type { Node, Outcome } from '@/core/api/schema'
import { isZero, score, sum } from '@/core/decimal'
import { partsOf, type ScoreNode } from './score'

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
