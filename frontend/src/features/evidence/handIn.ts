/** Files on their way into the store, and what follows when they arrive. */
import type { EvidencePublic } from '@/core/api/schema'
import { useRefresh } from '@/core/query'
import { useUploads, type Target } from '@/core/uploads'

export const contentOf = (thing: { id: string, version: number }): Target => ({ url: `/api/v1/evidence/${thing.id}/content`, version: thing.version })

export function useHandIn() {
  const uploads = useUploads()
  const refresh = useRefresh()

  async function done(made: EvidencePublic): Promise<string> {
    await refresh('evidence', 'evidence-matrix', 'evidence-summary', 'todos')
    const [same] = made.same
    return same ? `库里已有相同内容：“${same.title}”。不占重复空间；可以撤回这一份，直接用原来的。` : ''
  }

  return (file: File, prepare: () => Promise<Target>) => uploads.add<EvidencePublic>({ file, prepare, done })
}
