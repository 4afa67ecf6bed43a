/** A thread as people see it: by year, each thing with its word, its page, and what led to it. */
import type { NodeKind, ThreadEdge, ThreadNode, ThreadPublic, Why } from '@/core/api/schema'
import type { Stateful } from '@/domain/words'

export type Base = '/u' | '/c' | '/l'

export const KIND: Record<NodeKind, string> = {
  entry: '台账', problem: '问题', measure: '措施', evidence: '佐证', finding: '检查发现', interview: '集体约谈', rectification: '整改', referral: '提请',
}

/** `{}` is what it comes from. */
const WHY: Record<Why, string> = {
  answers: '针对{}', shows: '证明{}', grounds: '依据{}', put_right: '整改{}', taken_up: '由{}列入计划', carried_over: '由{}转入', referred: '由{}提请', found_again: '{}办结之后再次发现',
}

/** Kinds whose states have words. */
const STATED: Partial<Record<NodeKind, Stateful>> = {
  problem: 'problem', measure: 'measure', evidence: 'evidence', interview: 'interview', rectification: 'rectification', referral: 'referral',
}

export function statedAs(node: Pick<ThreadNode, 'kind'>): Stateful | undefined {
  return STATED[node.kind]
}

export function kindOf(node: Pick<ThreadNode, 'kind' | 'state'>): string {
  if (node.kind !== 'entry') return KIND[node.kind]
  return node.state === 'T3' ? '民主生活会' : '巡视巡察'
}

export interface Step { node: ThreadNode, reasons: string[] }
export interface Year { year: number, steps: Step[] }

const SHORT = 18

function named(node: ThreadNode, other: ThreadNode): string {
  const text = other.title.length > SHORT ? `${other.title.slice(0, SHORT)}……` : other.title
  return `${other.year === node.year ? '' : ` ${other.year} 年`}${kindOf(other)}“${text}”`
}

function reasonsOf(node: ThreadNode, edges: readonly ThreadEdge[], byId: ReadonlyMap<string, ThreadNode>): string[] {
  const led = edges.filter(edge => edge.target_id === node.id && byId.has(edge.source_id))
  // An interview stands on all the year's findings: how many is said, not which.
  const grounds = led.filter(edge => edge.why === 'grounds').length
  const rest = led.filter(edge => edge.why !== 'grounds').map(edge => WHY[edge.why].replace('{}', named(node, byId.get(edge.source_id)!)).trim())
  return [...(grounds ? [`依据 ${grounds} 个检查发现`] : []), ...rest]
}

/** The years in their order, the things of each in the order of its course. */
export function yearsOf(thread: Pick<ThreadPublic, 'nodes' | 'edges'>): Year[] {
  const byId = new Map(thread.nodes.map(node => [node.id, node]))
  const years: Year[] = []
  for (const node of thread.nodes) {
    if (years[years.length - 1]?.year !== node.year) years.push({ year: node.year, steps: [] })
    years[years.length - 1]!.steps.push({ node, reasons: reasonsOf(node, thread.edges, byId) })
  }
  return years
}

/** The page of a thing for whoever looks; none where the view has no such page. */
export function pageOf(node: Pick<ThreadNode, 'kind' | 'id' | 'state' | 'parent_id'>, base: Base, unitId: string): string | undefined {
  const { id, parent_id: parent } = node
  if (base === '/u') {
    return {
      entry: `/u/ledgers/${node.state}/${id}`, problem: `/u/problems/${id}`, measure: `/u/measures/${id}`, evidence: `/u/evidence?id=${id}`, finding: '/u/inspection',
      interview: `/u/interviews/${id}`, rectification: `/u/rectifications/${id}`, referral: undefined,
    }[node.kind]
  }
  if (base === '/l') return node.kind === 'referral' ? `/l/referrals/${id}` : undefined
  return {
    entry: `/c/units/${unitId}/ledgers/${node.state}/${id}`, problem: `/c/plans/${parent}`, measure: `/c/plans/${parent}`, evidence: `/c/units/${unitId}/evidence?id=${id}`,
    finding: `/c/inspections/${parent}/feedback`, interview: `/c/interviews/${id}`, rectification: `/c/rectifications/${id}`, referral: `/c/referrals/${id}`,
  }[node.kind]
}
