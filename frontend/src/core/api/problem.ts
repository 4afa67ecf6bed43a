/** What went wrong, as RFC 9457 tells it (`api.md`, Errors). Every failed call throws one of these. */

export interface FieldError {
  /** JSON pointer into the request: `/body/title`, `/query/limit`. */
  pointer: string
  code: string
  /** One Chinese sentence for the reader. */
  detail: string
}

/** `title` is left out: it is the English name of the status. */
interface ProblemBody {
  detail?: string
  code?: string
  trace_id?: string
  errors?: FieldError[]
}

const NETWORK = '网络不通，或者服务暂时没有应答。写的内容都在，可以再试一次。'

export class Problem extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly code: string
  readonly traceId: string
  readonly errors: FieldError[]
  /** The current ETag, told by a 412. */
  readonly etag: string | undefined
  /** Members beyond RFC 9457, such as who changed the thing and when. */
  readonly more: Readonly<Record<string, unknown>>

  constructor(status: number, body: ProblemBody & Record<string, unknown>, etag?: string) {
    super(body.detail ?? (status === 0 ? NETWORK : `没有办成（${status}）。`))
    this.name = 'Problem'
    this.status = status
    this.code = body.code ?? (status === 0 ? 'network' : `http.${status}`)
    this.traceId = body.trace_id ?? ''
    this.errors = body.errors ?? []
    this.etag = etag
    this.more = body
  }

  /** Nobody knows whether the request was carried out: offer to send the same one again. */
  get isUnanswered(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }

  get isStale(): boolean {
    return this.status === 412
  }

  get isMissing(): boolean {
    return this.status === 404
  }
}

export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text()
  const etag = response.headers.get('etag') ?? undefined
  const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '')
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
  return new Problem(response.status, { trace_id: response.headers.get('x-request-id') ?? '', ...body }, etag)
}

/** Anything thrown, as a problem; an error of our own program is rethrown. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  throw error
}
