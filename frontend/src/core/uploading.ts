/** Whether there is anything to send up in this window: then the dock, and all that uploads need, is fetched. */
import { ref } from 'vue'

export const isUploading = ref(false)

const note = (person: string) => `sihao.uploads.${person}`

/** Notes in this browser that somebody's uploads are not over. */
export function noteUnfinished(person: string, some: boolean): void {
  if (some) localStorage.setItem(note(person), '1')
  else localStorage.removeItem(note(person))
}

export const hasUnfinished = (person: string): boolean => localStorage.getItem(note(person)) !== null
