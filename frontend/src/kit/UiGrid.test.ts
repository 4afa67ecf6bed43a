import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiGrid from './UiGrid.vue'

const grid = () => mount(UiGrid, {
  props: { caption: '措施', columns: [{ key: 'no', label: '序' }, { key: 'text', label: '措施' }] },
  slots: { default: '<tr><td>1</td><td><input></td></tr><tr><td>2</td><td><input id="second"></td></tr>' },
})

function paste(element: Element, text: string): Event {
  const event = Object.assign(new Event('paste', { bubbles: true, cancelable: true }), { clipboardData: { getData: () => text } })
  element.dispatchEvent(event)
  return event
}

test('rows from a sheet come with the place they were pasted at', () => {
  const page = grid()
  const event = paste(page.get('#second').element, '甲\t2026-06-30\n乙\t2026-10-31')
  expect(event.defaultPrevented).toBe(true)
  expect(page.emitted('rows')).toEqual([[[['甲', '2026-06-30'], ['乙', '2026-10-31']], { row: 1, column: 1 }]])
})

test('one word is left to its field', () => {
  const page = grid()
  expect(paste(page.get('#second').element, '甲').defaultPrevented).toBe(false)
  expect(page.emitted('rows')).toBeUndefined()
})
