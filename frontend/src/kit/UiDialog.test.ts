import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiDialog from './UiDialog.vue'

const shown = (props: { firm?: boolean } = {}) => mount(UiDialog, { props: { open: true, title: '签发', ...props }, slots: { default: '正文' }, attachTo: document.body })

test('it is named by its heading and closed by ×', async () => {
  const page = shown()
  const dialog = page.get('dialog')
  expect(page.get(`#${dialog.attributes('aria-labelledby')!}`).text()).toBe('签发')
  await page.get('button.x').trigger('click')
  expect(page.emitted('update:open')).toEqual([[false]])
})

test('Esc leaves it, and closing is told', async () => {
  const page = shown()
  await page.get('dialog').trigger('close')
  expect(page.emitted('update:open')).toEqual([[false]])
})

test('a firm one has no × and refuses Esc', () => {
  const page = shown({ firm: true })
  const cancel = new Event('cancel', { cancelable: true })
  page.get('dialog').element.dispatchEvent(cancel)
  expect(cancel.defaultPrevented).toBe(true)
  expect(page.find('button.x').exists()).toBe(false)
})

test('its content exists only while it is open', async () => {
  const page = shown()
  expect(page.text()).toContain('正文')
  await page.setProps({ open: false })
  expect(page.text()).not.toContain('正文')
})
