/** One HTTP exchange with the API: token, idempotency key, preconditions, problems. Untyped; `call` is typed. */
import { keyFor, settle } from './keys'
import { Problem, problemOf } from './problem'
import { accessToken, prove, renew } from './token'

export interface Sending {
  body?: unknown
  /** The version that the writer has seen; sent as a strong `If-Match`. */
  ifMatch?: number | undefined
  signal?: AbortSignal | undefined
  /** The Idempotency-Key of an intention that outlives the page; otherwise one is kept here until an answer is known. */
  key?: string | undefined
}

export interface Received { answer: unknown, etag: string | undefined }

type Payload = string | FormData | URLSearchParams | Blob | undefined

function encode(body: unknown): { payload: Payload, type: string | undefined } {
  if (body === undefined) return { payload: undefined, type: undefined }
  if (body instanceof FormData || body instanceof URLSearchParams) return { payload: body, type: undefined }
  if (body instanceof Blob) return { payload: body, type: body.type || 'application/octet-stream' }
  return { payload: JSON.stringify(body), type: 'application/json' }
}

async function attempt(method: string, url: string, headers: Headers, payload: Payload, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { method, headers, body: payload ?? null, signal: signal ?? null })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(0, {})
  }
}

async function read(response: Response): Promise<unknown> {
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined
  return /[/+]json/.test(response.headers.get('content-type') ?? '') ? response.json() : response.blob()
}

/** What the person can mend, each once, before the same request goes out again: an ended token, a proof that has aged. */
const REPAIRS = [
  { mends: ({ status, code }: Problem) => status === 401 && !/^auth\.(wrong|totp)/.test(code), by: renew },
  { mends: ({ code }: Problem) => code === 'auth.step_up', by: () => prove() },
]

/** Sends a request and gives the answer, or throws a `Problem`. */
export async function send(method: string, url: string, sending: Sending = {}): Promise<Received> {
  const { payload, type } = encode(sending.body)
  const request = `${method} ${url} ${typeof payload === 'string' ? payload : ''}`
  const headers = new Headers({ accept: 'application/json' })
  if (type) headers.set('content-type', type)
  if (sending.ifMatch !== undefined) headers.set('if-match', `"${sending.ifMatch}"`)
  if (method === 'POST') headers.set('idempotency-key', sending.key ?? keyFor(request))

  const authorize = () => { if (accessToken()) headers.set('authorization', `Bearer ${accessToken()}`) }
  authorize()
  const repairs = [...REPAIRS]
  for (;;) {
    const response = await attempt(method, url, headers, payload, sending.signal)
    if (response.ok) {
      settle(request)
      return { answer: await read(response), etag: response.headers.get('etag') ?? undefined }
    }
    const problem = await problemOf(response)
    const place = repairs.findIndex(one => one.mends(problem))
    if (place < 0 || !await repairs.splice(place, 1)[0]!.by()) {
      if (!problem.isUnanswered) settle(request)
      throw problem
    }
    authorize()
  }
}
