/** How the year stands: its stages as a strip, as a sentence, as the next deadline. */
import { clock, day, daysUntil, weekday } from '@/core/dates'
import type { CampaignPublic, StageStatus, UnitDashboard } from '@/core/api/schema'
import { STAGE, STATE, type Word } from '@/domain/words'
import type { Stage } from '@/kit/UiStrip.vue'

/** What ends at midnight ends with the day before, at 24:00. */
export function endOf(instant: string): { last: Date, time: string } {
  const time = clock(instant)
  return time === '00:00' ? { last: new Date(Date.parse(instant) - 1), time: '24:00' } : { last: new Date(instant), time }
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
const ENDS: Record<StageName, { what: string, note: string, done?: string }> = {
  planning: { what: '年度计划报备截止', note: '逾期注明“迟报”，不作零分', done: '年度计划已报备。' },
  self_report: { what: '自查报告报送截止', note: '逾期注明“迟报”，不作零分', done: '自查报告已报送。' },
  inspection: { what: '检查考核结束', note: '到期前把原件备齐待查' },
  feedback: { what: '反馈和申辩结束', note: '有异议的条目在期内提出' },
  rectification: { what: '整改报告截止', note: '逐项报告，由工委核验' },
}

/** The stages whose paper the unit has handed in: their deadline is none any more. */
export function handedIn(drawn: UnitDashboard): string[] {
  const plan = ['filed', 'in_force', 'closed'].includes(drawn.plan_state ?? '')
  const report = ['submitted', 'accepted'].includes(drawn.report_state ?? '')
  return [...(plan ? ['planning'] : []), ...(report ? ['self_report'] : [])]
}

/** The deadline that comes next; `done` are stages that are over for whoever looks. */
export function nextDeadline(stages: readonly StageStatus[], done: readonly string[] = [], now = new Date()): { days: number, what: string, when: string, note: string } | undefined {
  const [next] = stages.filter(one => isOpen(one, now) && !done.includes(one.stage)).sort((a, b) => Date.parse(a.closes_at!) - Date.parse(b.closes_at!))
  if (!next?.closes_at) return undefined
  const { what, note } = ENDS[next.stage as StageName]
  const { last, time } = endOf(next.closes_at)
  return { days: daysUntil(last, now), what, when: `${day(last, now)} ${weekday(last)} ${time}`, note }
}

/** 自查阶段，第 23 天。 … and what it is for. */
export function stageSentence(stages: readonly StageStatus[], done: readonly string[] = [], now = new Date()): { lead: string, rest: string } {
  const current = stages.find(one => one.current)
  if (!current?.opens_at) {
    const next = stages.find(one => one.opens_at && new Date(one.opens_at) > now)
    return next?.opens_at
      ? { lead: '推进阶段。', rest: `按计划落实措施、随时登记台账；${nameOf(next)}从 ${day(next.opens_at, now)}开始。` }
      : { lead: '各阶段时间已过。', rest: '' }
  }
  const due = nextDeadline(stages, done, now)
  const handed = done.includes(current.stage) ? ENDS[current.stage as StageName].done ?? '' : ''
  const rest = due ? `${due.what}：${due.when}，${due.days === 0 ? '就在今天' : `还有 ${due.days} 天`}。` : ''
  return { lead: `${nameOf(current)}阶段，第 ${1 - daysUntil(current.opens_at, now)} 天。`, rest: handed + rest }
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

/** Over once the results are being settled: its windows say nothing any more. */
export const ended = (year: CampaignPublic): boolean => year.state === 'closed'

/** The stages in their order; the first that is open now is the current one. */
export function stagesOf(year: CampaignPublic, now = new Date()): StageStatus[] {
  let found = false
  return Object.keys(STAGE).map((stage) => {
    const window = year.windows.find(one => one.stage === stage)
    const done = window !== undefined && new Date(window.closes_at) <= now
    const current = !found && !done && window !== undefined && new Date(window.opens_at) <= now
    found ||= current
    return { stage, opens_at: window?.opens_at ?? null, closes_at: window?.closes_at ?? null, done, current }
  })
}
