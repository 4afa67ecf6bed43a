/** Files and rows that the worker looks at: sent as a dry run first, looked at again until it is through. */
import { call } from '@/core/api/call'
import type { ImportPublic, ImportState, ImportSummary, RowError } from '@/core/api/schema'
import { LOOK_MS } from '@/core/polling'

export type ImportKind = 'ledger-entries' | 'measures' | 'units' | 'members' | 'people' | 'co-assessment-results' | 'evidence-manifest' | 'standard'

const WORKING: readonly ImportState[] = ['received', 'checking', 'writing']

export function isWorking(job: Pick<ImportSummary, 'state'> | undefined): boolean {
  return job !== undefined && WORKING.includes(job.state)
}

interface About {
  kind: ImportKind
  campaign_id?: string | undefined
  /** Taken as a whole or not at all, and only with the word that nothing in it is secret. */
  not_secret?: boolean | undefined
}

/**
 * Has a file looked at. Good rows are counted even where others are wrong, so that whoever sent it can decide
 * when he knows: mend the file, or carry out the good rows alone.
 */
export function checkFile(about: About, file: File): Promise<ImportPublic> {
  const body = file as unknown as { rows: Record<string, unknown>[] } // the contract names JSON rows alone
  const mode = about.not_secret ? 'atomic' as const : 'partial' as const
  return call('import_create', { query: { ...about, dry_run: true, mode, file_name: file.name }, body })
}

/** Has rows looked at and waits for what is found. */
export async function checkRows(about: About, rows: Record<string, unknown>[], file_name: string): Promise<ImportPublic> {
  let job = await call('import_create', { query: { ...about, dry_run: true, mode: 'partial', file_name }, body: { rows } })
  while (isWorking(job)) {
    await new Promise(resolve => setTimeout(resolve, LOOK_MS / 2))
    job = await call('import_get', { path: { id: job.id } })
  }
  return job
}

const PAGE = 200

/** Everything that was found wrong, cell by cell. */
export async function errorsOf(job: Pick<ImportPublic, 'id' | 'causes'>): Promise<RowError[]> {
  const errors: RowError[] = []
  for (let cursor: string | null | undefined = job.causes.length ? '' : null; cursor !== null && cursor !== undefined;) {
    const page: { items: RowError[], next_cursor?: string | null } = await call('import_error_list', { path: { id: job.id }, query: { limit: PAGE, cursor } })
    errors.push(...page.items)
    cursor = page.next_cursor
  }
  return errors
}
