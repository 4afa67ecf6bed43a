/**
 * Server data, by pinia-colada. A read is named by its operation and arguments; a write touches the resources in its
 * address and those it names besides, and every read whose address holds one of them is fetched anew.
 */
import { useMutation, useQuery, useQueryCache } from '@pinia/colada'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { type Answer, type Args, call, type Operation, resourcesOf, type Rest } from './api/call'
import { asProblem, type Problem } from './api/problem'

interface ReadOptions {
  /** Nothing is fetched while this is false (an id is not known yet, a tab is closed). */
  enabled?: MaybeRefOrGetter<boolean>
}

/** Reads one operation; arguments may change. `const { data, problem, isPending, refetch } = useRead('plan_get', () => ({ path: { id } }))` */
export function useRead<O extends Operation>(operation: O, args: MaybeRefOrGetter<Rest<O>[0]>, options: ReadOptions = {}) {
  const read = useQuery<Answer<O>>({
    key: () => [operation, JSON.stringify(toValue(args) ?? {})],
    // Not cut off by the cache's signal: a page left while it loads would take the answer from the next one that waits for it.
    query: () => call(operation, ...[toValue(args)] as unknown as Rest<O>),
    enabled: () => toValue(options.enabled ?? true),
  })
  const problem = computed<Problem | undefined>(() => (read.error.value ? asProblem(read.error.value) : undefined))
  return { ...read, problem }
}

/**
 * Fetches anew whatever is shown of these resources: `refresh('plans', 'todos')`. Never rejects: a read that fails says so
 * where it is shown, one overtaken by a newer is of no interest, and the write before it has been done either way.
 */
export function useRefresh() {
  const cache = useQueryCache()
  return async (...resources: string[]): Promise<void> => {
    const isTouched = (operation: unknown) => resourcesOf(operation as Operation).some(one => resources.includes(one))
    const entries = cache.getEntries({ predicate: entry => isTouched(entry.key[0]) })
    await Promise.allSettled(entries.map(entry => cache.invalidateQueries({ key: entry.key, exact: true })))
  }
}

/** Fetches anew everything that is shown, for a writer whose version is no longer the newest. */
export async function refreshShown(): Promise<void> {
  const cache = useQueryCache()
  const entries = cache.getEntries({ active: true })
  await Promise.allSettled(entries.map(entry => cache.invalidateQueries({ key: entry.key, exact: true })))
}

/** Writes one operation, never optimistically. Its own resources and todos are refreshed, and those in `touches`. */
export function useWrite<O extends Operation>(operation: O, touches: string[] = []) {
  const refresh = useRefresh()
  const write = useMutation({
    mutation: (args: Args<O>) => call(operation, ...[args] as unknown as Rest<O>),
    onSuccess: () => refresh(...resourcesOf(operation), 'todos', ...touches),
  })
  const problem = computed<Problem | undefined>(() => (write.error.value ? asProblem(write.error.value) : undefined))
  return { run: write.mutateAsync, isRunning: write.isLoading, problem }
}
