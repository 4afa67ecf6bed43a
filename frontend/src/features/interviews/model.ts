/** An interview as people see it: what its steps say, what its notice says, what the reader has to do now. */
import type { Action } from '@/core/actions'
import type { CampaignPublic, HistoryLine, InterviewPublic, InterviewState } from '@/core/api/schema'
import { clock, day, dayOf } from '@/core/dates'
import { score } from '@/core/decimal'

/** These take more than an opinion and have forms of their own. */
const WITH_FORM = ['notify', 'hold', 'escalate']

export function plainActions(actions: readonly Action[]): Action[] {
  return actions.filter(one => !WITH_FORM.includes(one.name))
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

/** What is known of each step: when it was taken. */
export function stepNotes(one: InterviewPublic): Partial<Record<InterviewState, string>> {
  const last = (name: string) => one.history.filter(step => step.name === name).pop()?.at
  const notes: Partial<Record<InterviewState, string | null | undefined>> = {
    proposed: one.created_at,
    approved: one.approved_at,
    notified: one.notified_at,
    held: one.held_on,
    recorded: one.state === 'held' ? undefined : later(one.unit_confirmed_at, one.committee_confirmed_at),
    rectifying: last('start_rectifying'),
    verified: last('verify'),
    closed: last('close'),
  }
  const known = Object.entries(notes).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return Object.fromEntries(known.map(([state, at]) => [state, day(at)]))
}

function later(one: string | null, other: string | null): string | null {
  return one && other ? (one > other ? one : other) : null
}

/** 3 项中 1 项已核验 */
export function progress(one: { rectifications: number, verified: number }): string {
  return one.rectifications ? `${one.rectifications} 项中 ${one.verified} 项已核验` : '尚未列出'
}

export interface Letter { to: string, when: string, place: string, year: number, topics: string[], on: string }

/** What the notice says; `at` is local time as typed, or an instant. */
export function letterOf(one: Pick<InterviewPublic, 'unit_name' | 'year' | 'notified_at'>, at: string, place: string, topics: string): Letter {
  return {
    to: one.unit_name,
    when: at ? `${fullDay(at)} ${clock(at)}` : '（时间待定）',
    place: place || '（地点待定）',
    year: one.year,
    topics: topics.split('\n').map(line => line.trim()).filter(Boolean),
    on: fullDay(one.notified_at ?? new Date()),
  }
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

export interface Entry { key: string, at: string, when: string, text: string, opinion: string }

/** The course of the case, newest first. */
export function course(history: readonly HistoryLine[]): Entry[] {
  return [...history].reverse().map(one => ({
    key: one.id, at: one.at, when: day(dayOf(one.at)), text: `${one.actor} ${one.label}`, opinion: one.opinion,
  }))
}
