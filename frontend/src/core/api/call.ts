/** The typed door to the API: `await call('plan_get', { path: { plan_id } })`. Types come from openapi.json. */
import { routes, type Operations } from './schema'
import { type Received, send } from './send'

export type Operation = keyof Operations
export type Answer<O extends Operation> = Operations[O]['answer']

type Optional<T> = T extends undefined ? never : Partial<T> extends T ? T : never
type Given<O extends Operation> = {
  [Part in 'path' | 'query' | 'body' as Operations[O][Part] extends undefined ? never
    : Part extends 'query' ? (Optional<Operations[O][Part]> extends never ? Part : never) : Part]: Operations[O][Part]
} & {
  [Part in 'query' as Optional<Operations[O][Part]> extends never ? never : Part]?: Operations[O][Part]
}
export type Args<O extends Operation> = Given<O> & { ifMatch?: number, signal?: AbortSignal, key?: string }
/** Nothing needs to be given where an operation has neither path, body nor required filters. */
export type Rest<O extends Operation> = Record<never, never> extends Given<O> ? [args?: Args<O>] : [args: Args<O>]

interface Loose {
  path?: Record<string, string | number>
  query?: Record<string, unknown>
  body?: unknown
  ifMatch?: number
  signal?: AbortSignal
  key?: string
}

/** `/api/v1/plans/{id}` + `{ id }` + `{ state: ['draft', 'filed'] }` → an address; empty filters are left out. */
export function addressOf(template: string, path: Loose['path'], query: Loose['query']): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path?.[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
    }
  }
  const filters = search.toString() // `search.size` is younger than our floor
  return filters ? `${filled}?${filters}` : filled
}

/** What an operation is about, by its address: `plans` and `problems` for `/api/v1/plans/{id}/problems`. */
export function resourcesOf(operation: Operation): string[] {
  return routes[operation][1].split('/').slice(3).filter(part => !part.startsWith('{')).map(part => part.split(':')[0]!)
}

/** Like `call`, but with the ETag beside the answer, for things that carry no `version` of their own. */
export async function exchange<O extends Operation>(operation: O, ...[args]: Rest<O>): Promise<{ answer: Answer<O>, etag: string | undefined }> {
  const { path, query, ...sending }: Loose = args ?? {}
  const [method, template] = routes[operation]
  const received: Received = await send(method, addressOf(template, path, query), sending)
  return received as { answer: Answer<O>, etag: string | undefined }
}

/** Carries out one operation and gives its answer; throws a `Problem` otherwise. */
export async function call<O extends Operation>(operation: O, ...rest: Rest<O>): Promise<Answer<O>> {
  return (await exchange(operation, ...rest)).answer
}
