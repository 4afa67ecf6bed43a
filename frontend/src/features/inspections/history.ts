/** What became of an item's score, step by step, as it is told. */
import type { ScoreEvent } from '@/core/api/schema'
import { moment } from '@/core/dates'
import { isZero, score } from '@/core/decimal'
import { deedOf } from '@/domain/events'

export interface Step { key: string, at: string, when: string, text: string, reason: string }

const cost = (points: string): string => (isZero(points) ? '不扣分' : `扣 ${score(points)} 分`)

function figuresOf({ name, lost, before, restored }: ScoreEvent): string {
  if (restored !== null && !isZero(restored)) return `，恢复 ${score(restored)} 分`
  if (lost === null) return ''
  if (name === 'objection.filed') return `，所${cost(lost)}`
  return before === null ? `，${cost(lost)}` : `，由${cost(before)}改为${cost(lost)}`
}

/** As it happened, the first step first. */
export const stepsOf = (events: readonly ScoreEvent[]): Step[] => events.map((one, at) => ({
  key: `${at}`, at: one.at, when: moment(one.at), text: `${one.by} ${deedOf(one.name)}${figuresOf(one)}`, reason: one.reason,
}))
