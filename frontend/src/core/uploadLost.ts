/** Uploads that stand still. Those whose bytes a reload took are opened again where the browser knows the file, else chosen again and known by its print. */
import { reopened } from './fileHandles'
import { savedOf } from './upload'
import { printOf } from './uploadKept'
import type { Held, Sending, useList } from './uploadList'

/** As much of a name as the server takes, with its ending. */
export const nameOf = (file: File): string => file.name.slice(-200)

const CHANGED = '这个文件已改动或移走，请重新选择原来的文件，或者不传了。'

export function useLost({ all, held, findLost }: ReturnType<typeof useList>, work: () => void) {
  function goOn(one: Sending, file: File): void {
    held.get(one.key)!.file = file
    Object.assign(one, { progress: 'waiting', note: '', mayOpen: false })
  }

  async function open(one: Sending, { handle, record }: Held, ask: boolean): Promise<void> {
    const file = await reopened(handle!, ask)
    if (file && await printOf(file) === record.print) goOn(one, file)
    else if (file ?? ask) Object.assign(one, { mayOpen: false, note: CHANGED })
  }

  /** Without `ask` only those that may be read already; with it the browser asks the person, who must just have pressed something. */
  async function reopen(ask: boolean): Promise<void> {
    for (const one of all.value.filter(each => each.progress === 'lost' && each.mayOpen)) await open(one, held.get(one.key)!, ask)
    work()
  }

  /** Files chosen again; gives those that are not the same. */
  async function supply(files: readonly File[]): Promise<File[]> {
    const strange: File[] = []
    for (const file of files) {
      const one = findLost(nameOf(file), await printOf(file))
      if (one) goOn(one, file)
      else strange.push(file)
    }
    work()
    return strange
  }

  /** What is shown of an upload that nobody sends is what the server has of it. */
  async function look(one: Sending): Promise<void> {
    const url = held.get(one.key)?.record.url
    const saved = url && await savedOf(url)
    if (saved && one.progress !== 'sending') Object.assign(one, { saved, sent: saved })
  }
  return { reopen, supply, look }
}
