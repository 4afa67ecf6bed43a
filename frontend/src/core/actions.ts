/** Buttons come from the answer: what this person may do now with this thing, and why something is blocked. */
import { ref } from 'vue'
import { asProblem, type Problem } from './api/problem'
import type { Action } from './api/schema'
import { send } from './api/send'
import { useRefresh } from './query'

export type { Action }

export interface Actionable {
  id: string
  version: number
  state: string
  actions: Action[]
}

/** Makes one transition: `POST /{resource}/{id}/{name}`. Gives the thing as it is afterwards. */
export async function transition<T extends Actionable>(resource: string, thing: T, name: string, opinion = ''): Promise<T> {
  const url = `/api/v1/${resource}/${thing.id}/${name}`
  return (await send('POST', url, { body: { opinion }, ifMatch: thing.version })).answer as T
}

/** Transitions of one resource, with what goes wrong kept for the page; `touches` are refreshed besides. */
export function useTransitions(resource: string, touches: string[] = []) {
  const refresh = useRefresh()
  const problem = ref<Problem>()
  const running = ref('')

  /** Resolves to the thing afterwards, or undefined when `problem` says why not. */
  async function run<T extends Actionable>(thing: T, name: string, opinion = ''): Promise<T | undefined> {
    running.value = name
    problem.value = undefined
    try {
      return await transition(resource, thing, name, opinion)
    } catch (error) {
      problem.value = asProblem(error)
      return undefined
    } finally {
      running.value = ''
      // Not awaited: fresh data may take the asking component off the page, and it has yet to tell its parent.
      void refresh(resource, 'todos', 'events', ...touches)
    }
  }
  return { run, running, problem }
}
