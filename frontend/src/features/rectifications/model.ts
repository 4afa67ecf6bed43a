/** Rectifications as people see them. */
import type { Action } from '@/core/actions'
import type { HistoryLine, Origin, RecheckResult, RectificationPublic } from '@/core/api/schema'
import { day, dayOf } from '@/core/dates'

/** 工委 sees every unit's, a unit its own. */
export type Base = '/c' | '/u'

export interface Work extends Record<string, unknown> { handler_id: string, owner_id: string, cause: string, action: string, report: string }

export function workOf(one: Pick<RectificationPublic, 'cause' | 'action' | 'owner_id' | 'handler_id' | 'report'>): Work {
  return { handler_id: one.handler_id ?? '', owner_id: one.owner_id ?? '', cause: one.cause ?? '', action: one.action ?? '', report: one.report }
}

export const ORIGIN: Record<Origin, string> = {
  finding: '检查发现', interview: '集体约谈', problem: '计划问题', democratic_meeting: '民主生活会', discipline_inspection: '巡视巡察',
}

export const RESULT: Record<RecheckResult, string> = { holds: '成效保持', relapsed: '出现反弹' }

/** The page of what it answers; findings stand in the unit's feedback. */
export function originPage(one: Pick<RectificationPublic, 'origin' | 'problem_id' | 'entry_id' | 'unit_id'>, base: Base): string | undefined {
  const kind = one.origin === 'democratic_meeting' ? 'T3' : 'T4'
  const ledgers = base === '/u' ? '/u/ledgers' : `/c/units/${one.unit_id}/ledgers`
  if (one.entry_id) return `${ledgers}/${kind}/${one.entry_id}`
  if (base === '/c') return undefined
  return one.problem_id ? `/u/problems/${one.problem_id}` : one.origin === 'finding' ? '/u/inspection' : undefined
}

/** These take more than an opinion and have forms of their own. */
const WITH_FORM = ['report', 'verify', 'look_back', 'carry_over']

export function plainActions(actions: readonly Action[]): Action[] {
  return actions.filter(one => !WITH_FORM.includes(one.name))
}

/** The committee's words when it sent the report back, while it is the unit's turn again. */
export function returnedReason(one: Pick<RectificationPublic, 'state' | 'history'>): string {
  return one.state === 'returned' ? one.history.filter(step => step.name === 'return').pop()?.opinion ?? '' : ''
}

export interface Entry { key: string, at: string, when: string, text: string, opinion: string }

/** What happened, newest first; corrections in between are left out. */
export function course(history: readonly HistoryLine[]): Entry[] {
  return history.filter(one => one.name !== 'updated').reverse().map(one => ({
    key: one.id, at: one.at, when: day(dayOf(one.at)), text: `${one.actor} ${one.name === 'created' ? '交办' : one.label}`, opinion: one.opinion,
  }))
}

/** `C6、d10 A15` → codes of items. */
export function criteriaOf(text: string): string[] {
  return text.toUpperCase().split(/[、，,;；\s]+/).filter(Boolean)
}
