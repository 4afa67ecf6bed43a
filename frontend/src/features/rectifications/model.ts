/** Rectifications as people see them. */
import type { HistoryLine, RectificationPublic } from '@/core/api/schema'
import { day, dayOf } from '@/core/dates'

/** 工委 sees every unit's, a unit its own. */
export type Base = '/c' | '/u'

export interface Work extends Record<string, unknown> { cause: string, action: string, owner_id: string }

export function workOf(one: Pick<RectificationPublic, 'cause' | 'action' | 'owner_id'>): Work {
  return { cause: one.cause ?? '', action: one.action ?? '', owner_id: one.owner_id ?? '' }
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
