/** The window's title: what the page is, then the product. */
export function setTitle(page: string): void {
  document.title = `${page} · 四好`
}
