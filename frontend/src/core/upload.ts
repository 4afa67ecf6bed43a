/** One file on its way up by tus 1.0: goes on where the server's durable bytes end, tells how far it is. */
import type { DetailedError, HttpRequest } from 'tus-js-client'
import { Problem } from './api/problem'
import { accessToken, renew } from './api/token'

export interface Upload {
  /** The file that awaits the bytes. */
  fileId: string
  name: string
  /** Where an earlier try had got to. */
  url?: string | undefined
  onUrl: (url: string) => void
  /** Bytes sent so far, whether they have been written down or not. */
  onProgress: (sent: number) => void
  /** Bytes that the server says it has for certain. */
  onSaved: (saved: number) => void
  signal: AbortSignal
}

const ENDPOINT = '/api/v1/uploads'
/** Up to here the bytes go with the request that begins the upload: one way instead of two. */
const AT_ONCE_BYTES = 1_048_576
/** So much goes in one request: after each the server has said what it has. */
const STEP_BYTES = 8 * 1_048_576

const authorize = (request: HttpRequest) => { request.setHeader('Authorization', `Bearer ${accessToken()}`) }

/** What the server said, if it said anything. */
function problemIn(error: Error | DetailedError): Problem {
  const response = 'originalResponse' in error ? error.originalResponse : null
  if (!response) return new Problem(0, {})
  const text = response.getBody()
  const told = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>
  return new Problem(response.getStatus(), { ...told, retry_after: Number(response.getHeader('Retry-After')) || undefined })
}

async function attempt(file: Blob, { fileId, name, url, onUrl, onProgress, onSaved, signal }: Upload): Promise<void> {
  const tus = await import('tus-js-client').catch(() => { throw new Problem(0, {}) })
  return new Promise((resolve, reject) => {
    let isAsked = Boolean(url) // where an upload goes on, what comes first is the server's answer where it stands
    const upload = new tus.Upload(file, {
      endpoint: ENDPOINT, uploadUrl: url ?? null, metadata: { filename: name, file_id: fileId },
      retryDelays: null, chunkSize: STEP_BYTES, storeFingerprintForResuming: false, uploadDataDuringCreation: file.size <= AT_ONCE_BYTES,
      onBeforeRequest: authorize,
      onUploadUrlAvailable: () => { if (upload.url) onUrl(upload.url) },
      onProgress: (sent) => {
        if (isAsked) onSaved(sent)
        isAsked = false
        onProgress(sent)
      },
      onChunkComplete: (_, saved) => onSaved(saved),
      onError: error => reject(problemIn(error)),
      onSuccess: () => resolve(),
    })
    const stop = () => {
      void upload.abort()
      reject(new DOMException('', 'AbortError'))
    }
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    upload.start()
  })
}

/** How much the server has of an upload that nobody is sending; undefined where it does not say. */
export async function savedOf(url: string): Promise<number | undefined> {
  const headers = { 'Authorization': `Bearer ${accessToken()}`, 'Tus-Resumable': '1.0.0' }
  const answer = await fetch(url, { method: 'HEAD', headers }).catch(() => undefined)
  const told = answer?.ok ? answer.headers.get('Upload-Offset') : null
  return told ? Number(told) : undefined
}

/** Gives an upload up: the server throws away what has come. Where it cannot be told so, it does by itself in a week. */
export async function endUpload(url: string): Promise<void> {
  const tus = await import('tus-js-client')
  await tus.Upload.terminate(url, { onBeforeRequest: authorize }).catch((error: unknown) => { if (!(error instanceof tus.DetailedError)) throw error })
}

/** Sends what is still missing of a file. Throws a `Problem`, or `AbortError` when stopped. */
export async function sendFile(file: Blob, upload: Upload): Promise<void> {
  try {
    await attempt(file, upload)
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401 || !(await renew())) throw error
    await attempt(file, upload)
  }
}
