/** One item's place in the explanation of a result. */
import type { Node } from '@/core/api/schema'
import { type DeductionView, partsOf } from '@/domain/score'

function find(node: Node, code: string): Node | undefined {
  if (node.kind === 'item' && node.code === code) return node
  for (const one of node.children ?? []) {
    const found = find(one, code)
    if (found) return found
  }
  return undefined
}

export interface Explained { formula: string, note: string, deductions: (DeductionView & { evidenceId: string | null })[] }

/** How an item's points came about; undefined where the explanation does not hold it. */
export function explained(tree: Node, code: string): Explained | undefined {
  const node = find(tree, code)
  if (!node) return undefined
  const deductions = (node.deductions ?? []).map(one => ({ ...partsOf(one), evidenceId: one.evidence_id ?? null }))
  return { formula: node.formula, note: node.note, deductions }
}
