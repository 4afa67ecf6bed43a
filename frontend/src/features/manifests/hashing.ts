/** SHA-256 of many files without stopping the page: a worker reads them, here is how far it is. */
import { onScopeDispose, ref } from 'vue'
import { Problem } from '@/core/api/problem'
import type { Told } from './hash.worker'

export function useHashing() {
  const bytes = ref(0)
  const files = ref(0)
  const isRunning = ref(false)
  let end: (() => void) | undefined

  /** Ends early; what was hashed so far stands. */
  function stop(): void {
    end?.()
  }
  onScopeDispose(stop)

  /** SHA-256 of each file, null for one that can no longer be read; stopped, only of those it came to. One run at a time. */
  function hash(some: readonly File[]): Promise<Map<File, string | null>> {
    const found = new Map<File, string | null>()
    bytes.value = 0
    files.value = 0
    if (!some.length) return Promise.resolve(found)
    isRunning.value = true
    const worker = new Worker(new URL('./hash.worker.ts', import.meta.url), { type: 'module' })
    return new Promise((resolve, reject) => {
      end = () => {
        worker.terminate()
        end = undefined
        isRunning.value = false
        resolve(found)
      }
      worker.onmessage = ({ data }: MessageEvent<Told>) => {
        for (const [place, sha256] of data.hashed) found.set(some[place]!, sha256)
        bytes.value = data.bytes
        files.value += data.hashed.length
        if (data.isLast) end?.()
      }
      worker.onerror = () => {
        reject(new Problem(0, { detail: '校验没有做完，请重新选择文件。' }))
        end?.()
      }
      worker.postMessage(some)
    })
  }

  return { bytes, files, isRunning, hash, stop }
}
