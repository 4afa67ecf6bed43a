import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiCombobox from './UiCombobox.vue'

const OPTIONS = [{ value: 'C6', label: 'C6 下基层' }, { value: 'C9', label: 'C9 办实事' }, { value: 'A14', label: 'A14 会议' }]
const box = () => mount(UiCombobox, { props: { label: '条目', options: OPTIONS, modelValue: '' }, attachTo: document.body })

test('typing narrows the list, Enter takes the marked one', async () => {
  const page = box()
  const input = page.get('input')
  await input.setValue('C')
  expect(page.findAll('[role="option"]')).toHaveLength(2)
  await input.trigger('keydown', { key: 'ArrowDown' })
  expect(input.attributes('aria-activedescendant')).toBe(page.findAll('[role="option"]')[1]!.attributes('id'))
  await input.trigger('keydown', { key: 'Enter' })
  expect(page.emitted('update:modelValue')).toEqual([['C9']])
  expect(input.element.value).toBe('C9 办实事')
})

test('where nothing fits no option is named as the marked one', async () => {
  const page = box()
  await page.get('input').setValue('Z')
  expect(page.get('input').attributes('aria-activedescendant')).toBeUndefined()
})

test('keys are left to the input method while it composes', async () => {
  const page = box()
  await page.get('input').setValue('C')
  await page.get('input').trigger('keydown', { key: 'Enter', isComposing: true })
  expect(page.emitted('update:modelValue')).toBeUndefined()
})

test('Esc closes the list and nothing else', async () => {
  const page = box()
  await page.get('input').setValue('C')
  const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true })
  let outside = false
  document.body.addEventListener('keydown', () => { outside = true }, { once: true })
  page.get('input').element.dispatchEvent(escape)
  expect(escape.defaultPrevented).toBe(true)
  expect(outside).toBe(false)
})

test('words that fit nothing leave the choice as it was', async () => {
  const page = box()
  await page.setProps({ modelValue: 'C6' })
  await page.get('input').setValue('没有')
  expect(page.get('[role="status"]').text()).toBe('没有匹配项')
  await page.get('input').trigger('blur')
  expect(page.get('input').element.value).toBe('C6 下基层')
})
