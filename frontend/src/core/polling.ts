/** Work that a person waits for is looked at again and again, for as long as the page is there. */
import { onBeforeUnmount, onMounted } from 'vue'

export const LOOK_MS = 800

/** `useEvery(LOOK_MS, () => { if (isWorking(job.value)) void refetch() })` */
export function useEvery(milliseconds: number, look: () => void): void {
  let timer: number | undefined
  onMounted(() => { timer = window.setInterval(look, milliseconds) })
  onBeforeUnmount(() => { window.clearInterval(timer) })
}
