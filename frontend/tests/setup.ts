/** What jsdom lacks of the browsers we support. */
import 'fake-indexeddb/auto'
import { enableAutoUnmount } from '@vue/test-utils'
import { afterEach } from 'vitest'

const dialog = Object.getPrototypeOf(document.createElement('dialog')) as HTMLDialogElement
if (!('showModal' in dialog)) {
  Object.assign(dialog, {
    showModal(this: HTMLDialogElement) { this.setAttribute('open', '') },
    close(this: HTMLDialogElement) {
      this.removeAttribute('open')
      this.dispatchEvent(new Event('close'))
    },
  })
}
Element.prototype.scrollIntoView ??= () => undefined
window.scrollTo = () => undefined

enableAutoUnmount(afterEach)
afterEach(() => { document.body.innerHTML = '' })
