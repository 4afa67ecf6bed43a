/** Keys of a page: `useShortcuts({ 'ctrl+s': save, 'alt+ArrowDown': next, j: next })`. */
import { onBeforeUnmount, onMounted } from 'vue'

const WRITES = 'input, textarea, select, [contenteditable="true"]'
/** What the browser does something with at Enter; a box that is ticked is none. */
const ENTERS = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], button, a, summary'

function nameOf(event: KeyboardEvent): string {
  const held = [event.ctrlKey && 'ctrl', event.altKey && 'alt'].filter(Boolean)
  return [...held, event.key].join('+')
}

/** Plain letters are left to whoever is writing, Enter to what it presses; a key held down acts once. Nothing is taken from an input method, a dialog or a handled event. */
export function useShortcuts(keys: Record<string, () => void>): void {
  function press(event: KeyboardEvent): void {
    const act = keys[nameOf(event)]
    if (!act || event.isComposing || event.defaultPrevented || document.querySelector('dialog[open]')) return
    const isPlain = !event.ctrlKey && !event.altKey
    if (isPlain && event.target instanceof Element && event.target.closest(event.key === 'Enter' ? ENTERS : WRITES)) return
    event.preventDefault()
    if (!event.repeat || event.key !== 'Enter') act()
  }
  onMounted(() => document.addEventListener('keydown', press))
  onBeforeUnmount(() => document.removeEventListener('keydown', press))
}
