import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import UiPicks from './UiPicks.vue'

const OPTIONS = [{ value: 'C6', label: 'C6 下基层' }, { value: 'C9', label: 'C9 办实事' }]
const picks = () => mount(UiPicks<string>, { props: { label: '条目', options: OPTIONS, modelValue: ['C6'] }, attachTo: document.body })

test('what is found is added, the box is empty again', async () => {
  const page = picks()
  await page.get('input').setValue('办')
  await page.get('input').trigger('keydown', { key: 'Enter' })
  expect(page.emitted('update:modelValue')).toEqual([[['C6', 'C9']]])
  await page.setProps({ modelValue: ['C6', 'C9'] })
  expect(page.get('input').element.value, 'the next one is typed at once').toBe('')
})

test('what is chosen is no longer offered, and can be taken out by a button that says what', async () => {
  const page = picks()
  await page.get('input').trigger('click')
  expect(page.findAll('[role="option"]').map(one => one.text())).toEqual(['C9 办实事'])
  expect(page.get('.pick button').text()).toContain('去掉 C6 下基层')
  await page.get('.pick button').trigger('click')
  expect(page.emitted('update:modelValue')).toEqual([[[]]])
})
