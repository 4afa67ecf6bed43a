/** Waiting for a server that does not answer: everybody waits together, longer each time, and goes on by itself. */
import { ref } from 'vue'

const LONGEST_MS = 30_000

export function useWait(goOn: () => void) {
  /** No answer at the last try. */
  const cut = ref(false)
  let tries = 0
  let waking: ReturnType<typeof setTimeout> | undefined

  function wake(): void {
    clearTimeout(waking)
    cut.value = false
    goOn()
  }

  /** `seconds`: as long as the server asked for. */
  function wait(seconds?: number): void {
    cut.value = true
    clearTimeout(waking)
    waking = setTimeout(wake, seconds ? seconds * 1000 : Math.min(1000 * 2 ** tries, LONGEST_MS))
    tries += 1
  }

  window.addEventListener('online', wake)
  window.addEventListener('offline', () => wait())
  return { cut, wait, arrived: () => { tries = 0 } }
}
