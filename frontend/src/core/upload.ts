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
  /** Bytes sent so far. */
  onProgress: (sent: number) => void
  signal: AbortSignal
}

const ENDPOINT = '/api/v1/uploads'
/** Up to here the bytes go with the request that begins the upload: one way instead of two. */
const AT_ONCE_BYTES = 1_048_576

const authorize = (request: HttpRequest) => { request.setHeader('Authorization', `Bearer ${accessToken()}`) }

/** What the server said, if it said anything. */
function problemIn(error: Error | DetailedError): Problem {
  const response = 'originalResponse' in error ? error.originalResponse : null
  if (!response) return new Problem(0, {})
  const text = response.getBody()
  const told = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>
  return new Problem(response.getStatus(), { ...told, retry_after: Number(response.getHeader('Retry-After')) || undefined })
}

async function attempt(file: Blob, { fileId, name, url, onUrl, onProgress, signal }: Upload): Promise<void> {
  const tus = await import('tus-js-client').catch(() => { throw new Problem(0, {}) })
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(file, {
      endpoint: ENDPOINT, uploadUrl: url ?? null, metadata: { filename: name, file_id: fileId },
      retryDelays: null, storeFingerprintForResuming: false, uploadDataDuringCreation: file.size <= AT_ONCE_BYTES,
      onBeforeRequest: authorize,
      onUploadUrlAvailable: () => { if (upload.url) onUrl(upload.url) },
      onProgress,
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
