/** To-dos on a page: where each is done, how it is dated, which is the one red button. */
import { day, daysUntil, remaining, weekday } from '@/core/dates'
import type { Todo, TodoKind, When } from '@/core/api/schema'
import type { View } from '@/core/session'
import type { Task } from '@/kit/UiTasks.vue'
import { endOf } from './stages'

/** Where things of a kind are dealt with in a view: all of them, and one by its id. */
interface Place { all: string, one?: (id: string, todo: Duty) => string }
type Places = Partial<Record<View, Place>>

const listed = (all: string): Place => ({ all, one: id => `${all}/${id}` })
const CONSOLIDATED_BY = 'in_progress'

/** A to-do, of the API or made of a collection of material. */
export type Duty = Omit<Todo, 'kind'> & { kind: TodoKind | 'material' }

/** Exhaustive by type: a kind that nobody placed does not compile. */
const PLACES: Record<Duty['kind'], Places> = {
  plan: { unit: { all: '/u/plan' }, committee: listed('/c/plans') },
  measure: { unit: { all: '/u/problems', one: (_, todo) => `/u/problems?${todo.late ? 'overdue=1' : `measure_state=${todo.state}`}` } },
  problem: { unit: listed('/u/problems') },
  self_report: { unit: { all: '/u/report' }, committee: listed('/c/reports') },
  sheet: { committee: { all: '/c/inspections' } },
  inspection: {
    unit: { all: '/u/inspection' },
    committee: { all: '/c/inspections', one: (id, todo) => `/c/inspections/${id}${todo.state === CONSOLIDATED_BY ? '/consolidation' : ''}` },
  },
  objection: { unit: { all: '/u/inspection' }, committee: listed('/c/objections') },
  extra: { unit: listed('/u/extras'), committee: listed('/c/extras') },
  comparison: { committee: listed('/c/comparisons') },
  notice_objection: { unit: { all: '/u/commendations' }, committee: listed('/c/comparisons') },
  result: { unit: { all: '/u/result' }, committee: listed('/c/results') },
  interview: { unit: { all: '/u', one: id => `/u/interviews/${id}` }, committee: listed('/c/interviews') },
  rectification: { unit: listed('/u/rectifications'), committee: listed('/c/rectifications') },
  referral: { committee: listed('/c/referrals'), receiver: listed('/d/referrals') },
  complaint: { committee: { all: '/c/complaints' } },
  material: { unit: { all: '/u/burden', one: id => `/u/material/${id}` } },
}

/** Where a to-do is done. `sheets`: units → the inspection whose sheet of mine is open. */
export function placeOf(todo: Duty, view: View, sheets: ReadonlyMap<string, string> = new Map()): string {
  const place = PLACES[todo.kind][view]
  if (!place) return '/'
  const inspection = todo.kind === 'sheet' && todo.unit_id ? sheets.get(todo.unit_id) : undefined
  if (inspection) return `/c/inspections/${inspection}/score`
  if (todo.subject_id && place.one) return place.one(todo.subject_id, todo)
  const filters = new URLSearchParams()
  if (todo.state && todo.count > 1) filters.set('state', todo.state)
  if (todo.campaign_id && todo.count > 1) filters.set('campaign_id', todo.campaign_id)
  return filters.toString() ? `${place.all}?${filters.toString()}` : place.all
}

function dateOf(todo: Duty, now: Date): Pick<Task, 'due' | 'dueNote' | 'late'> {
  if (todo.when === 'waiting') {
    const days = todo.since ? -daysUntil(todo.since, now) : 0
    return { due: days > 0 ? `已等 ${days} 天` : '今天起' }
  }
  if (!todo.due_at) return {}
  const { last, time } = endOf(todo.due_at)
  const date = day(last, now)
  if (todo.late) return { due: remaining(last, now), dueNote: date, late: true }
  if (todo.when === 'today' && daysUntil(last, now) === 0) return { due: `今天 ${time === '23:59' ? '24:00' : time}` }
  return { due: date, dueNote: todo.when === 'later' ? remaining(last, now) : weekday(last) }
}

const WHEN: Record<When, string> = { today: '今天', week: '本周', later: '以后', waiting: '等待他人' }

/** To-dos under today, this week, later, waiting; a heading without any is left out. */
export function groupsOf(todos: readonly Duty[], view: View, sheets?: ReadonlyMap<string, string>, now = new Date()): { when: When, label: string, tasks: Task[] }[] {
  return (Object.keys(WHEN) as When[]).map(when => ({
    when,
    label: WHEN[when],
    tasks: todos.filter(one => one.when === when).map((one, at) => ({
      key: `${one.kind}-${one.subject_id ?? at}`,
      title: one.object ? `${one.verb}：${one.object}` : one.verb,
      to: placeOf(one, view, sheets),
      reason: one.reason,
      ...dateOf(one, now),
    })),
  })).filter(group => group.tasks.length)
}

const FIRST: Partial<Record<TodoKind, Record<string, string>>> = {
  plan: { none: '起草年度计划', draft: '继续写年度计划', returned: '修改年度计划', team_review: '审议、签发年度计划' },
  self_report: { none: '起草自查报告', draft: '继续写自查报告', returned: '修改自查报告', team_review: '审议、签发自查报告' },
}

/** The one red button: the plan or report that waits for whoever looks, the most urgent first. */
export function firstOf(todos: readonly Todo[]): { label: string, to: string } | undefined {
  for (const one of todos) {
    const label = one.when === 'waiting' ? undefined : FIRST[one.kind]?.[one.state ?? 'none']
    if (label) return { label, to: placeOf(one, 'unit') }
  }
  return undefined
}
