/** Referrals as people see them. */
import type { HistoryLine, ReferralOutcome, ReferralPublic, ReferralState } from '@/core/api/schema'
import { day, dayOf } from '@/core/dates'
import { REFERRAL_OUTCOME } from '@/domain/words'

/** 工委, the department that receives it, or the leadership that says a word on it. */
export type Base = '/c' | '/d' | '/l'

export const REQUESTS: { value: ReferralOutcome, label: string }[] = [{ value: 'help', label: '提请帮助' }, { value: 'adjustment', label: '提请调整' }]

export function stepNotes(one: ReferralPublic): Partial<Record<ReferralState, string>> {
  const at = { approved: one.approved_at, sent: one.sent_at, acknowledged: one.acknowledged_at, concluded: one.concluded_at }
  const known = Object.entries(at).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return Object.fromEntries(known.map(([state, moment]) => [state, day(dayOf(moment))]))
}

/** 市水务局领导班子，提请帮助 */
export function subject(one: Pick<ReferralPublic, 'unit_name' | 'request'>): string {
  return `提请${REFERRAL_OUTCOME[one.request]}：${one.unit_name}领导班子`
}

export interface Entry { key: string, at: string, when: string, text: string, opinion: string }

export function course(history: readonly HistoryLine[]): Entry[] {
  return [...history].reverse().map(one => ({
    key: one.id, at: one.at, when: day(dayOf(one.at)), text: `${one.actor} ${one.name === 'created' ? '起草' : one.label}`, opinion: one.opinion,
  }))
}
