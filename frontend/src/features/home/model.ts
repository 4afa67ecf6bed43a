/** What the home pages are drawn from: where a to-do is done, how it is dated, how the year stands. */
import { clock, day, daysUntil, remaining, weekday } from '@/core/dates'
import type { StageStatus, Todo, TodoKind, UnitDashboard, When } from '@/core/api/schema'
import type { View } from '@/core/session'
import { STAGE, STATE, type Word } from '@/domain/words'
import type { Task } from '@/kit/UiTasks.vue'
import type { Stage } from '@/kit/UiStrip.vue'

/** Where things of a kind are dealt with in a view: all of them, and one by its id. */
interface Place { all: string, one?: (id: string, todo: Todo) => string }
type Places = Partial<Record<View, Place>>

const listed = (all: string): Place => ({ all, one: id => `${all}/${id}` })
const CONSOLIDATED_BY = 'in_progress'

/** Exhaustive by type: a kind that nobody placed does not compile. */
const PLACES: Record<TodoKind, Places> = {
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
  result: { unit: { all: '/u/result' }, committee: listed('/c/results') },
  interview: { unit: { all: '/u', one: id => `/u/interviews/${id}` }, committee: listed('/c/interviews') },
  rectification: { unit: listed('/u/rectifications'), committee: listed('/c/rectifications') },
  referral: { committee: listed('/c/referrals'), receiver: listed('/d/referrals') },
  complaint: { committee: { all: '/c/complaints' } },
}

/** Where a to-do is done. `sheets`: units → the inspection whose sheet of mine is open. */
export function placeOf(todo: Todo, view: View, sheets: ReadonlyMap<string, string> = new Map()): string {
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

/** What ends at midnight ends with the day before, at 24:00. */
function endOf(instant: string): { last: Date, time: string } {
  const time = clock(instant)
  return time === '00:00' ? { last: new Date(Date.parse(instant) - 1), time: '24:00' } : { last: new Date(instant), time }
}

function dateOf(todo: Todo, now: Date): Pick<Task, 'due' | 'dueNote' | 'late'> {
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
export function groupsOf(todos: readonly Todo[], view: View, sheets?: ReadonlyMap<string, string>, now = new Date()): { when: When, label: string, tasks: Task[] }[] {
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

type StageName = keyof typeof STAGE
const nameOf = (stage: StageStatus) => STAGE[stage.stage as StageName]

function span(one: StageStatus, now: Date): string {
  if (!one.opens_at || !one.closes_at) return '时间未定'
  const { last } = endOf(one.closes_at)
  return `${day(one.opens_at, now)}至 ${day(last, new Date(one.opens_at))}`
}
const isOpen = (one: StageStatus, now: Date) => Boolean(one.opens_at && one.closes_at && new Date(one.opens_at) <= now && now < new Date(one.closes_at))

/** What is handed in when a stage ends, and what becomes of it if it is late. */
const ENDS: Record<StageName, { what: string, note: string }> = {
  planning: { what: '年度计划签发报备', note: '逾期注明“迟报”，不作零分' },
  self_report: { what: '自查报告报送', note: '逾期注明“迟报”，不作零分' },
  inspection: { what: '检查考核结束', note: '到期前把原件备齐待查' },
  feedback: { what: '检查反馈和陈述申辩结束', note: '有异议的条目在期内提出' },
  rectification: { what: '整改报告', note: '逐项报告，由工委核验' },
}

/** The deadline that comes next. */
export function nextDeadline(stages: readonly StageStatus[], now = new Date()): { days: number, what: string, when: string, note: string } | undefined {
  const [next] = stages.filter(one => isOpen(one, now)).sort((a, b) => Date.parse(a.closes_at!) - Date.parse(b.closes_at!))
  if (!next?.closes_at) return undefined
  const { what, note } = ENDS[next.stage as StageName]
  const { last, time } = endOf(next.closes_at)
  return { days: daysUntil(last, now), what, when: `${day(last, now)} ${weekday(last)} ${time}`, note }
}

/** 自查阶段，第 23 天。 … and what it is for. */
export function stageSentence(stages: readonly StageStatus[], now = new Date()): { lead: string, rest: string } {
  const current = stages.find(one => one.current)
  if (!current?.opens_at) {
    const next = stages.find(one => one.opens_at && new Date(one.opens_at) > now)
    return next?.opens_at
      ? { lead: '推进阶段。', rest: `按计划落实措施、随时登记台账；${nameOf(next)}从 ${day(next.opens_at, now)}开始。` }
      : { lead: '各阶段时间已过。', rest: '' }
  }
  const due = nextDeadline(stages, now)
  const rest = due ? `${due.what}截止 ${due.when}，${due.days === 0 ? '就在今天' : `还有 ${due.days} 天`}。` : ''
  return { lead: `${nameOf(current)}阶段，第 ${1 - daysUntil(current.opens_at, now)} 天。`, rest }
}

/** The year strip: the five stages, and carrying the plan out between planning and self-report. */
export function stripOf(stages: readonly StageStatus[], notes: Record<string, string | undefined> = {}, now = new Date()): Stage[] {
  const drawn = stages.map((one): Stage => {
    const stage: Stage = { key: one.stage, label: nameOf(one), note: notes[one.stage] ?? span(one, now), state: one.current ? 'now' : one.done ? 'done' : 'next' }
    if (!one.current || !one.opens_at || !one.closes_at) return stage
    const [passed, all] = [1 - daysUntil(one.opens_at, now), daysUntil(endOf(one.closes_at).last, new Date(one.opens_at)) + 1]
    return { ...stage, progress: { value: passed, max: all, label: `第 ${passed} 天，共 ${all} 天` } }
  })
  const planned = stages.find(one => one.stage === 'planning')?.done ?? false
  const reporting = drawn.find(one => one.key === 'self_report')?.state !== 'next'
  const push: Stage = { key: 'push', label: '推进', note: notes.push ?? '落实措施、登记台账', state: reporting ? 'done' : planned ? 'now' : 'next' }
  return [...drawn.slice(0, 1), push, ...drawn.slice(1)]
}

const wordOf = (kind: keyof typeof STATE, state: string | null | undefined) => (state ? (STATE[kind] as Record<string, Word>)[state]?.text : undefined)

/** How the own unit stands in each stage, under the stage's name. */
export function notesOf(drawn: UnitDashboard, now = new Date()): Record<string, string | undefined> {
  const stages = drawn.stages ?? []
  const with_ = (name: StageName, state: string | undefined) => {
    const stage = stages.find(one => one.stage === name)
    return state && stage ? `${state}${stage.current && stage.closes_at ? ` · 至 ${day(endOf(stage.closes_at).last, now)}` : ''}` : undefined
  }
  const measures = Object.entries(drawn.measures ?? {}).filter(([state]) => state !== 'overdue')
  const all = measures.reduce((sum, [, one]) => sum + one.value, 0)
  return {
    planning: with_('planning', wordOf('plan', drawn.plan_state)),
    push: all ? `措施完成 ${drawn.measures?.completed?.value ?? 0} / ${all}` : undefined,
    self_report: with_('self_report', wordOf('self_report', drawn.report_state)),
    inspection: with_('inspection', wordOf('inspection', drawn.inspection_state)),
  }
}
