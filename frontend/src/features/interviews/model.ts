/** An interview as people see it: what its steps say, what its notice says, what the reader has to do now. */
import type { Action } from '@/core/actions'
import type { CampaignPublic, HistoryLine, InterviewPublic, InterviewState } from '@/core/api/schema'
import { clock, day, dayOf } from '@/core/dates'
import { score } from '@/core/decimal'
import type { Step } from '@/kit/UiSteps.vue'

/** These take more than an opinion and have forms of their own. */
const WITH_FORM = ['notify', 'hold', 'verify', 'escalate']

export function plainActions(actions: readonly Action[]): Action[] {
  return actions.filter(one => !WITH_FORM.includes(one.name))
}

/** The next step of the case; opening the record again is a way back. */
export function mainAction(actions: readonly Action[]): string {
  return plainActions(actions).find(one => !one.blocked && one.name !== 'reopen_record')?.name ?? ''
}

export function actionOf(actions: readonly Action[], name: string): Action | undefined {
  return actions.find(one => one.name === name)
}

/** The year whose results are being settled, or the latest there is. */
export function usualCampaign(campaigns: readonly CampaignPublic[]): string {
  const settling = campaigns.find(one => one.state === 'settling') ?? campaigns.find(one => one.state === 'closed')
  return (settling ?? campaigns[0])?.id ?? ''
}

/** 73.50 分，发现问题 6 个 */
export function standing(grounds: { total: string, findings: number }): string {
  return `${score(grounds.total)} 分，发现问题 ${grounds.findings} 个`
}

const STEPS: readonly [InterviewState, string][] = [
  ['proposed', '提出'], ['approved', '批准'], ['notified', '通知'], ['held', '约谈'], ['recorded', '记录'], ['rectifying', '整改'], ['verified', '核验'], ['closed', '办结'],
]

/** The way of a case, each step with the day on which it was taken. */
export function stepsOf(one: InterviewPublic): Step[] {
  const last = (name: string) => one.history.filter(step => step.name === name).pop()?.at
  const at: Partial<Record<InterviewState, string | null | undefined>> = {
    proposed: one.created_at,
    approved: one.approved_at,
    notified: one.notified_at,
    held: one.held_on,
    recorded: later(one.unit_confirmed_at, one.committee_confirmed_at),
    rectifying: last('start_rectifying'),
    verified: last('verify'),
    closed: last('close'),
  }
  const now = STEPS.findIndex(([state]) => state === one.state)
  return STEPS.map(([key, label], index) => ({
    key, label, note: at[key] ? day(dayOf(at[key])) : '', state: index < now ? 'done' : index === now ? 'now' : 'next',
  }))
}

function later(one: string | null, other: string | null): string | null {
  return one && other ? (one > other ? one : other) : null
}

/** 整改 3 项，已核验 1 项 */
export function progress(one: { rectifications: number, verified: number }): string {
  return one.rectifications ? `整改 ${one.rectifications} 项，已核验 ${one.verified} 项` : '整改事项尚未列出'
}

export interface Letter { to: string, when: string, place: string, year: number, topics: string[], on: string }

/** What the notice says; `at` is local time as typed, or an instant. */
export function letterOf(one: Pick<InterviewPublic, 'unit_name' | 'year' | 'notified_at'>, at: string, place: string, topics: string): Letter {
  return {
    to: one.unit_name,
    when: at ? `${fullDay(at)} ${clock(at)}` : '（时间待定）',
    place: place || '（地点待定）',
    year: one.year,
    topics: itemised(topics),
    on: fullDay(one.notified_at ?? new Date()),
  }
}

/** Lines as the points of a letter: each ends as its place asks, a question as a question. */
function itemised(text: string): string[] {
  const lines = text.split('\n').map(line => line.trim().replace(/[。；;.]+$/, '')).filter(Boolean)
  return lines.map((line, at) => (/[？?！!]$/.test(line) ? line : `${line}${at + 1 < lines.length ? '；' : '。'}`))
}

/** 2027 年 1 月 15 日: letters always write the year. */
export function fullDay(moment: string | Date): string {
  const [year, month, date] = dayOf(moment).split('-').map(Number)
  return `${year} 年 ${month} 月 ${date} 日`
}

/** A day and a time of day in China as an instant. */
export function instantOf(date: string | null, time: string): string {
  return date && /^\d{2}:\d{2}$/.test(time) ? `${date}T${time}:00+08:00` : ''
}

/** What the committee said when it confirmed the record; the unit's word is `unit_remark`. */
export function confirmation({ history, committee_confirmed_by: by }: Pick<InterviewPublic, 'history' | 'committee_confirmed_by'>): string {
  return history.find(one => one.name === 'confirm_record' && one.actor === by)?.opinion ?? ''
}

export interface Entry { key: string, at: string, when: string, text: string, opinion: string }

/** The course of the case, newest first. */
export function course(history: readonly HistoryLine[]): Entry[] {
  return [...history].reverse().map(one => ({
    key: one.id, at: one.at, when: day(dayOf(one.at)), text: `${one.actor} ${one.label}`, opinion: one.opinion,
  }))
}
