/** Evidence wherever it is handed in, chosen or looked at: what it is used for, how it is first called. */
import type { EvidenceCreate, LinkTarget } from '@/core/api/schema'

export interface Choice { value: string, label: string, hint?: string }

/** A choice as the API takes it: `measure_id 42`. */
export function targetOf(value: string): LinkTarget {
  const [key, id] = value.split(' ')
  return { [key!]: id }
}

/** The other way round. */
export function valueOf(target: LinkTarget): string {
  return Object.entries(target).find(([, id]) => id)!.join(' ')
}

/** A file's title for a start: its name without the ending. */
export function titleOf(name: string): string {
  return name.replace(/\.[^.]{1,8}$/, '').slice(0, 200) || name.slice(0, 200)
}

/** What several files of one batch share. */
export type Shared = Pick<EvidenceCreate, 'campaign_id' | 'kind' | 'covers_from' | 'covers_until' | 'note' | 'links'>

/** One piece of evidence of these files. The secrecy was confirmed once, for the whole batch. */
export function pieceOf(shared: Shared, title: string, files: readonly File[]): EvidenceCreate {
  return { ...shared, title, not_secret: true, files: files.map(file => ({ file_name: file.name.slice(-200) })) }
}
