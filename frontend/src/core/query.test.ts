import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import { useRead } from './query'

afterEach(() => vi.unstubAllGlobals())

const Reader = defineComponent(() => {
  const { data } = useRead('me_get', undefined)
  return () => h('p', data.value ? data.value.display_name : '…')
})

test('a page that follows another while their common read is still on its way gets its answer', async () => {
  const answers: (() => void)[] = []
  vi.stubGlobal('fetch', (_url: string, { signal }: RequestInit) => new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error))
    answers.push(() => resolve(new Response('{"display_name":"方砚秋"}', { headers: { 'content-type': 'application/json' } })))
  }))
  const place = ref('one')
  const page = mount(() => h(Reader, { key: place.value }), { global: { plugins: [createPinia(), PiniaColada] } })
  await flushPromises()
  place.value = 'two'
  await flushPromises()
  for (const answer of answers) answer()
  await flushPromises()
  expect(page.text()).toBe('方砚秋')
})
