/** Events by Chinese words, and how deliveries stand. */
import type { DeliveryPublic, DeliveryOutcome } from '@/core/api/schema'
import { SUBJECT, type Word } from '@/domain/words'

/** What other systems are told of; a group is all events of one subject. */
export const EVENTS = (['campaign', 'plan', 'problem', 'measure', 'evidence', 'self_report', 'inspection', 'sheet', 'objection', 'extra', 'result', 'comparison', 'rectification', 'material_collection'] as const)
  .map(one => ({ value: `${one}.*`, label: SUBJECT[one] }))
const EVERYTHING = '*'

export function eventWords(events: readonly string[]): string {
  if (events.includes(EVERYTHING)) return '全部事件'
  return events.map(one => EVENTS.find(known => known.value === one)?.label ?? one).join('、')
}

export const OUTCOME: Record<DeliveryOutcome, Word> = {
  waiting: { text: '等待推送', tone: 'wait' }, delivered: { text: '已送达', tone: 'ok' }, failed: { text: '没有送达', tone: 'bad' },
}

/** How it stands: also how often it was tried in vain while it waits. */
export function standing(one: Pick<DeliveryPublic, 'outcome' | 'attempts'>): Word {
  if (one.outcome === 'waiting' && one.attempts) return { text: `试过 ${one.attempts} 次，还会再试`, tone: 'warn' }
  return OUTCOME[one.outcome]
}

/** What the receiver said at the last try. */
export function lastAnswer(one: Pick<DeliveryPublic, 'tries'>): string {
  const last = one.tries.at(-1)
  if (!last) return '还没有推送'
  return last.status === null ? last.answer : `答复 ${last.status}，用时 ${last.seconds.toFixed(1)} 秒`
}
