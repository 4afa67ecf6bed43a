/** The steps of one upload beside the bytes: keep it, register its piece, see what the library already had. */
import { transition } from './actions'
import { call } from './api/call'
import { useLanes } from './lanes'
import { type Kept, kept, printOf } from './uploadKept'

/** Thousands kept at once would hold the page up. */
const inLane = useLanes(8)

/** Keeps what is needed to go on after a reload. */
export const keep = (record: Kept, file: File): Promise<void> => inLane(async () => {
  record.print = await printOf(file)
  await kept.begin(record, file)
})

/** Registers the piece where that is still to be done; the key makes a second try after a lost answer harmless. */
export async function register(record: Kept): Promise<string> {
  const { wanted } = record
  if (!wanted.fileId) {
    const made = await call('evidence_create', { body: wanted.piece!, key: record.key })
    Object.assign(wanted, { evidenceId: made.id, fileId: made.files[0]!.id })
    await kept.put(record)
  }
  return wanted.fileId!
}

/** True where the bytes had arrived already, and only the answer that said so was lost. */
export async function hasArrived({ wanted, size }: Kept): Promise<boolean> {
  if (!wanted.evidenceId) return false
  const { files } = await call('evidence_get', { path: { id: wanted.evidenceId } })
  return files.some(one => one.id === wanted.fileId && one.received_at !== null && one.size === size)
}

/** What is worth knowing of a file that has arrived. */
export async function sameAs(evidenceId: string | undefined): Promise<string> {
  if (!evidenceId) return ''
  const [same] = (await call('evidence_get', { path: { id: evidenceId } })).same
  return same ? `库里已有相同内容：“${same.title}”。不占重复空间；可以撤回这一份，直接用原来的。` : ''
}

/** Takes back what was registered for bytes that will not come: the file's place, or the whole piece where it has no other file. */
export async function takeBack({ wanted }: Kept): Promise<void> {
  if (!wanted.evidenceId) return
  const piece = await call('evidence_get', { path: { id: wanted.evidenceId } })
  const file = piece.files.find(one => one.id === wanted.fileId)
  if (!file || file.received_at) return
  const isOnly = piece.files.length + piece.revisions.length === 1
  if (isOnly) await transition('evidence', piece, 'withdraw')
  else await call('evidence_file_delete', { path: { id: piece.id, file_id: file.id }, ifMatch: piece.version })
}
