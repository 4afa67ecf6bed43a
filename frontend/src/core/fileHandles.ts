/**
 * Ways back to files on the disk, where the browser gives them (Chromium over HTTPS): a large file is then opened again after
 * a reload, at a press, instead of being looked for once more.
 */

/** What Chromium adds to the standard. */
export interface Handle extends FileSystemFileHandle {
  queryPermission: (mode: { mode: 'read' }) => Promise<PermissionState>
  requestPermission: (mode: { mode: 'read' }) => Promise<PermissionState>
}

type Giving = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> }
type Picking = typeof globalThis & { showOpenFilePicker?: (options: { multiple: boolean }) => Promise<Handle[]> }

const known = new WeakMap<File, Handle>()

export const handleOf = (file: File): Handle | undefined => known.get(file)

/** Must be called before anything is waited for: afterwards the browser has forgotten what was dropped. */
export function handlesIn(items: DataTransferItemList): Promise<(FileSystemHandle | null | undefined)[]> {
  return Promise.all([...items].filter(item => item.kind === 'file').map((item: Giving) => item.getAsFileSystemHandle?.()))
}

/** Remembers where these files are; the handles stand in the order of the files. */
export function remember(files: readonly File[], handles: readonly (FileSystemHandle | null | undefined)[]): void {
  files.forEach((file, at) => {
    const handle = handles[at]
    if (handle?.kind === 'file' && handle.name === file.name) known.set(file, handle as Handle)
  })
}

export const canPick = (): boolean => 'showOpenFilePicker' in globalThis

/** The browser's own chooser, which gives ways back besides; nothing when it is closed. */
export async function pickFiles(multiple: boolean): Promise<File[]> {
  const handles = await (globalThis as Picking).showOpenFilePicker!({ multiple }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') return []
    throw error
  })
  const files = await Promise.all(handles.map(one => one.getFile()))
  remember(files, handles)
  return files
}

/** The file behind a handle, if it may be read and is still there; `ask` needs a press of the person. */
export async function reopened(handle: Handle, ask: boolean): Promise<File | undefined> {
  const mode = { mode: 'read' } as const
  const may = ask ? await handle.requestPermission(mode) : await handle.queryPermission(mode)
  if (may !== 'granted') return undefined
  return handle.getFile().catch((error: unknown) => {
    if (error instanceof DOMException) return undefined // moved or deleted meanwhile
    throw error
  })
}
