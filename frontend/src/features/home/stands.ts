/** How many units stand where, for the committee: figures that open into their lists. */
import type { CommitteeDashboard, Figure } from '@/core/api/schema'
import { STATE, type Stateful, type Word } from '@/domain/words'

export interface Count { key: string, label: string, figure: Figure }
export interface Stand { key: string, title: string, done: number, doneLabel: string, of: number, left: string, counts: Count[] }
type Name = 'plans' | 'self_reports' | 'inspections' | 'results'

/** What stands in which state counts as done, and what is said of units that have nothing to show yet. */
const KINDS: { name: Name, kind: Stateful, title: string, done: string[], doneLabel: string, left: string }[] = [
  { name: 'plans', kind: 'plan', title: '年度计划', done: ['in_force', 'closed'], doneLabel: '已备案', left: '未报' },
  { name: 'self_reports', kind: 'self_report', title: '自查报告', done: ['accepted'], doneLabel: '已接收', left: '未报' },
  { name: 'inspections', kind: 'inspection', title: '检查', done: ['finalized'], doneLabel: '已定稿', left: '未安排' },
  { name: 'results', kind: 'result', title: '年度结果', done: ['published'], doneLabel: '已公布', left: '未计算' },
]

function countsOf(kind: Stateful, figures: Record<string, Figure>): Count[] {
  return Object.entries(figures).filter(([, one]) => one.value > 0)
    .map(([state, figure]) => ({ key: state, label: (STATE[kind] as Record<string, Word>)[state]?.text ?? state, figure }))
}
const total = (figures: Record<string, Figure>) => Object.values(figures).reduce((sum, one) => sum + one.value, 0)

/** The stages of the year, each with how many units are through and where the others stand. */
export function standsOf(drawn: CommitteeDashboard): Stand[] {
  return KINDS.map(({ name, kind, title, done, doneLabel, left }) => {
    const figures = drawn[name] ?? {}
    const missing = Math.max(drawn.units.value - total(figures), 0)
    return {
      key: name, title, doneLabel, of: drawn.units.value,
      done: done.reduce((sum, state) => sum + (figures[state]?.value ?? 0), 0),
      left: missing ? `${left} ${missing}` : '',
      counts: countsOf(kind, figures),
    }
  })
}

/** What needs looking after: late or without an answer. A figure that the year does not have yet is left out. */
export function urgesOf(drawn: CommitteeDashboard): Count[] {
  const all: [string, string, Figure | null | undefined][] = [
    ['late_plans', '迟报的年度计划', drawn.late_plans], ['late_reports', '迟报的自查报告', drawn.late_reports],
    ['overdue_measures', '超期未完成的措施', drawn.overdue_measures], ['open_objections', '未办结的陈述申辩', drawn.open_objections],
    ['complaints', '待答复的投诉建议', drawn.complaints],
  ]
  return all.flatMap(([key, label, figure]) => (figure ? [{ key, label, figure }] : []))
}

/** Rectifications by state, of all units. */
export function rectificationsOf(drawn: CommitteeDashboard): Count[] {
  return countsOf('rectification', drawn.rectifications ?? {})
}
