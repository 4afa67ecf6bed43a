import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiDate from './UiDate.vue'

test('the chosen day stands beside the label in Chinese, whatever language the browser speaks', async () => {
  const field = mount(UiDate, { props: { label: '完成时限', modelValue: '2026-09-15' } })
  expect(field.text()).toContain('2026 年 9 月 15 日 周二')
  await field.setProps({ modelValue: null })
  expect(field.text()).toBe('完成时限')
})

test('in a table cell it stands in the tip only', () => {
  const field = mount(UiDate, { props: { label: '完成时限', bare: true, modelValue: '2026-09-15' } })
  expect(field.text()).toBe('完成时限')
  expect(field.get('input').attributes('title')).toBe('2026 年 9 月 15 日 周二')
})

test('emptied, it is null', async () => {
  const field = mount(UiDate, { props: { label: '完成时限', modelValue: '2026-09-15' } })
  await field.get('input').setValue('')
  expect(field.emitted('update:modelValue')).toEqual([[null]])
})
