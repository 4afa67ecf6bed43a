import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiButton from './UiButton.vue'

test('a blocked button stays, says why, and does nothing', async () => {
  const page = mount(UiButton, { props: { blocked: '还有 3 处要改' }, slots: { default: '报送' } })
  const button = page.get('button')
  await button.trigger('click')
  expect(page.emitted('click')).toBeUndefined()
  expect(button.attributes('aria-disabled')).toBe('true')
  expect(page.get(`#${button.attributes('aria-describedby')!}`).text()).toBe('还有 3 处要改')
})

test('a busy button cannot be pressed twice', async () => {
  const page = mount(UiButton, { props: { busy: true } })
  await page.get('button').trigger('click')
  expect(page.emitted('click')).toBeUndefined()
  expect(page.get('button').attributes('aria-busy')).toBe('true')
})

test('a free button is pressed', async () => {
  const page = mount(UiButton)
  await page.get('button').trigger('click')
  expect(page.emitted('click')).toHaveLength(1)
})
