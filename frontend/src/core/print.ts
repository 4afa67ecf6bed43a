/** Printing opens whatever is folded, and folds it again afterwards. */
let opened: HTMLDetailsElement[] = []

export function preparePrinting(): void {
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details:not([open])')]
    for (const one of opened) one.open = true
  })
  window.addEventListener('afterprint', () => {
    for (const one of opened) one.open = false
    opened = []
  })
}
