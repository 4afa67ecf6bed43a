/**
 * Collections of material as to-dos. The API's own list stands earlier in the year than collections and cannot know them,
 * so they are laid into it here; what a unit has handed in already is nothing to do.
 */
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { call } from '@/core/api/call'
import { asProblem } from '@/core/api/problem'
import type { MaterialCollectionPublic, Todo, When } from '@/core/api/schema'
import { daysUntil } from '@/core/dates'
import type { Duty } from './model'

const WEEK_DAYS = 7
/** The last day counts to its end, in Beijing. */
const endOfDay = (date: string) => `${date}T16:00:00Z`

function whenOf(due: string, now: Date): When {
  const days = daysUntil(due, now)
  if (days <= 0) return 'today'
  return days <= WEEK_DAYS ? 'week' : 'later'
}

/** What is still to be handed in, one line for each collection. */
export function dutiesOf(collections: readonly MaterialCollectionPublic[], now = new Date()): Duty[] {
  return collections.flatMap((one) => {
    const missing = one.needs.filter(need => !need.held.length)
    if (one.state !== 'sent' || !missing.length) return []
    const due_at = endOfDay(one.due_on)
    return [{
      kind: 'material' as const, state: null, verb: '报送材料', object: one.title, subject_id: one.id, unit_id: null, campaign_id: one.campaign_id, count: 1, due_at, since: null,
      reason: `还差 ${missing.map(need => need.code).join('、')}${missing.length < one.needs.length ? `，其余 ${one.needs.length - missing.length} 项已有` : ''}`,
      when: whenOf(one.due_on, now), late: new Date(due_at) < now,
    }]
  })
}

/** Both lists as one, the most urgent first, as the API sorts its own. */
export function merged(todos: readonly Todo[], duties: readonly Duty[]): Duty[] {
  const time = (one: Duty) => (one.due_at ? Date.parse(one.due_at) : Infinity)
  return duties.length ? [...todos, ...duties].sort((a, b) => (time(a) === time(b) ? 0 : time(a) - time(b))) : [...todos]
}

export function useMaterial(enabled: () => boolean) {
  const { data, error } = useQuery({
    key: () => ['material_collection_list', 'open'],
    query: async () => {
      const { items } = await call('material_collection_list', { query: { state: 'sent', limit: 50 } })
      return Promise.all(items.map(({ id }) => call('material_collection_get', { path: { id } })))
    },
    enabled,
  })
  return { duties: computed(() => dutiesOf(data.value ?? [])), problem: computed(() => (error.value ? asProblem(error.value) : undefined)) }
}
