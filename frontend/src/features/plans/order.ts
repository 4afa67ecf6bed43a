/** Rows of a draft are moved one place at a time; their order belongs to the plan, whose newest version is asked for first. */
import { nextTick } from 'vue'
import { call } from '@/core/api/call'
import { useWrite } from '@/core/query'
import { moved, type Step } from './model'

export const placeOf = (id: string, by: Step) => `move-${by}-${id}`

export function useOrder(operation: 'problem_order' | 'measure_order', planId: string) {
  const order = useWrite(operation, ['plans', 'problems', 'measures', 'checks'])

  /** The row comes to another place of the page: the keyboard stays with it, at an end on the way back. */
  async function move(ids: readonly string[], id: string, by: Step): Promise<void> {
    const { version } = await call('plan_get', { path: { id: planId } })
    await order.run({ path: { id: planId }, body: { ids: moved(ids, id, by) }, ifMatch: version })
    await nextTick()
    const places = [by, -by as Step].map(step => document.getElementById(placeOf(id, step)) as HTMLButtonElement | null)
    places.find(one => one && !one.disabled)?.focus()
  }
  return { move, isRunning: order.isRunning, problem: order.problem }
}
