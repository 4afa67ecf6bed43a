import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import ConflictDialog from './ConflictDialog.vue'

test('only what differs is asked, and each field is settled by itself', async () => {
  const page = mount(ConflictDialog, { props: {
    fields: [{ key: 'due', label: '时限' }, { key: 'text', label: '内容' }, { key: 'same', label: '同样' }],
    mine: { due: '9 月 15 日', text: '我的', same: '一' }, theirs: { due: '9 月 20 日', text: '他的', same: '一' }, who: '办公室 14:30',
  } })
  expect(page.findAll('legend').map(one => one.text())).toEqual(['时限', '内容'])
  await page.findAll('input[value="theirs"]')[0]!.setValue(true)
  await page.findAll('button').at(-1)!.trigger('click')
  expect(page.emitted('settle')).toEqual([[{ due: '9 月 20 日', text: '我的', same: '一' }]])
})
