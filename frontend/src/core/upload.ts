/** Bytes on their way up, with progress: what `fetch` cannot tell, XMLHttpRequest can. */
import { Problem } from './api/problem'
import { accessToken, renew } from './api/token'

export interface Upload {
  /** The version of the thing that takes the bytes, where it has one. */
  ifMatch?: number
  /** Bytes sent so far. */
  onProgress?: (sent: number) => void
  signal?: AbortSignal
}

interface Reply { status: number, text: string }

function attempt(url: string, file: Blob, { ifMatch, onProgress, signal }: Upload): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('PUT', url)
    request.setRequestHeader('authorization', `Bearer ${accessToken()}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    if (ifMatch !== undefined) request.setRequestHeader('if-match', `"${ifMatch}"`)
    request.upload.onprogress = event => onProgress?.(event.loaded)
    request.onload = () => resolve({ status: request.status, text: request.responseText })
    request.onerror = () => reject(new Problem(0, {}))
    request.onabort = () => reject(new DOMException('', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

/** Puts a file to its address; gives the thing as it is afterwards. Throws a `Problem`, or `AbortError` when stopped. */
export async function putFile<T>(url: string, file: Blob, upload: Upload = {}): Promise<T> {
  let reply = await attempt(url, file, upload)
  if (reply.status === 401 && await renew()) reply = await attempt(url, file, upload)
  const body = (reply.text.startsWith('{') ? JSON.parse(reply.text) : {}) as Record<string, unknown>
  if (reply.status >= 400) throw new Problem(reply.status, body)
  return body as T
}
