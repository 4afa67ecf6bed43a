/** What happened last, short enough for a first page. */
import type { EventPublic } from '@/core/api/schema'
import type { EventView } from '@/domain/EventTimeline.vue'

/** What units record from day to day: theirs to see, too much for somebody who looks at all of them. */
const DAILY = ['ledger_entry', 'evidence', 'evidence_link', 'measure', 'team_meeting', 'judgement', 'decision', 'finding', 'co_assessment']

export const isDaily = (one: EventPublic): boolean => DAILY.includes(one.name.split('.')[0] ?? '')

/** The same person doing the same several times in a row is one line, at its latest time; opinions are read where they were given. */
export function inShort(events: readonly EventPublic[], most: number, unitOf: (id: string) => string | undefined): EventView[] {
  const lines: EventView[] = []
  for (const { id, name, at, actor, unit_id, data } of events) {
    const who = [unit_id && unitOf(unit_id), actor].filter(Boolean).join(' ')
    const last = lines[lines.length - 1]
    if (last?.name === name && last.actor === who) {
      last.times = (last.times ?? 1) + 1
      delete last.data
    } else if (lines.length < most) {
      lines.push({ id, name, at, actor: who, data: { title: data.title } })
    } else {
      break
    }
  }
  return lines
}
