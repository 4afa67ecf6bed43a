/** Files out of what was dropped or chosen, folders gone through, each with its path inside them. */

import { handlesIn, pickFiles, remember } from './fileHandles'

export interface Found { file: File, path: string }

/** What systems and editors leave in folders, and nobody means to hand in. */
const JUNK = /^(\..*|Thumbs\.db|desktop\.ini|~\$.*)$/i

const filesOf = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => { entry.file(resolve, reject) })
const someOf = (reader: FileSystemDirectoryReader) => new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject) })

async function walk(entry: FileSystemEntry): Promise<Found[]> {
  if (JUNK.test(entry.name)) return []
  if (entry.isFile) return [{ file: await filesOf(entry as FileSystemFileEntry), path: entry.fullPath.replace(/^\//, '') }]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: Found[] = []
  // A reader gives a hundred at a time, and nothing at the end.
  for (let some = await someOf(reader); some.length; some = await someOf(reader)) {
    for (const one of some) found.push(...await walk(one))
  }
  return found
}

const named = (file: File): Found => ({ file, path: file.webkitRelativePath || file.name })

export const foundInList = (list: FileList): Found[] => [...list].filter(file => !file.webkitRelativePath || !JUNK.test(file.name)).map(named)

/** By the browser's own chooser, where it gives ways back to the files. */
export const foundByPicking = async (multiple: boolean): Promise<Found[]> => (await pickFiles(multiple)).map(named)

/** The entries must be taken before anything is waited for: afterwards the browser has forgotten them. */
export async function foundInDrop(transfer: DataTransfer): Promise<Found[]> {
  const plain = [...transfer.files]
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null)
  if (!entries.some(entry => entry.isDirectory)) {
    remember(plain, await handlesIn(transfer.items))
    return plain.map(named)
  }
  return (await Promise.all(entries.map(walk))).flat()
}
