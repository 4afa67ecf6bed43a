/** Finds as people read them: grouped by kind, each with the page that shows it, the words that were asked for marked. */
import type { Find, SearchKind } from '@/core/api/schema'

export const KIND: Record<SearchKind, string> = {
  unit: '单位', plan: '年度计划', problem: '问题', measure: '措施', entry: '台账', evidence: '佐证材料', file: '文件正文', self_report: '自查报告', finding: '检查发现', rectification: '整改',
}

/** A question is at least so long; shorter ones find everything. */
export const FEWEST = 2

export interface Part { text: string, hit: boolean }

/** The snippet in pieces; marks may touch or overlap. */
export function partsOf({ snippet, marks }: Pick<Find, 'snippet' | 'marks'>): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const [from, until] of marks as [number, number][]) {
    if (from > at) parts.push({ text: snippet.slice(at, from), hit: false })
    if (until > at) parts.push({ text: snippet.slice(Math.max(from, at), until), hit: true })
    at = Math.max(at, until)
  }
  if (at < snippet.length) parts.push({ text: snippet.slice(at), hit: false })
  return parts
}

export interface Group { kind: SearchKind, label: string, finds: Find[] }

export function groupsOf(finds: readonly Find[]): Group[] {
  const kinds = [...new Set(finds.map(find => find.kind))]
  return kinds.map(kind => ({ kind, label: KIND[kind], finds: finds.filter(find => find.kind === kind) }))
}

/** Where it can be seen, by whoever looks: a unit's own page of that year, or the pages of those who look at units. */
export function pagesOf({ kind, id, unit_id, parent_id, place }: Find, ownUnit: string | undefined, year: number | undefined): string[] {
  const unit = `/c/units/${unit_id}`
  const ofYear = year ? `?year=${year}` : ''
  const [own, ...others] = ({
    unit: ['/u', `${unit}/ledgers`, `/l/units/${id}`],
    plan: [`/u/plan${ofYear}`, `/c/plans/${id}`],
    problem: [`/u/problems/${id}`, `/c/plans/${parent_id}`],
    measure: [`/u/measures/${id}`, `/c/plans/${parent_id}`],
    entry: [`/u/ledgers/${place}/${id}`, `${unit}/ledgers/${place}/${id}`],
    evidence: [`/u/evidence?id=${id}`, `${unit}/evidence?id=${id}`],
    file: [`/u/evidence?id=${parent_id}`, `${unit}/evidence?id=${parent_id}`],
    self_report: [`/u/report/text${ofYear}`, `/c/reports/${id}`],
    finding: [`/u/inspection${ofYear}`, `/c/inspections/${parent_id}/feedback`],
    rectification: [`/u/rectifications/${id}`, `/c/rectifications/${id}`],
  } satisfies Record<SearchKind, [string, ...string[]]>)[kind]
  return unit_id === ownUnit ? [own!, ...others] : others
}

const KEPT = 6
const NAME = 'sihao.searches'

function stored(): Record<string, string[]> {
  try {
    return JSON.parse(localStorage.getItem(NAME) ?? '{}') as Record<string, string[]>
  } catch {
    return {} // somebody else's words under our name: as good as none
  }
}

/** What this person looked for last in this browser. */
export const recentOf = (owner: string): string[] => stored()[owner] ?? []

export function remember(owner: string, words: string): void {
  const mine = [words, ...recentOf(owner).filter(one => one !== words)].slice(0, KEPT)
  localStorage.setItem(NAME, JSON.stringify({ ...stored(), [owner]: mine }))
}
