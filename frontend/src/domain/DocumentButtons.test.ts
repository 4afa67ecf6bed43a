import { PiniaColada } from '@pinia/colada'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { h } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { serve } from '../../tests/server'
import type { DocumentKind, Role } from '@/core/api/schema'
import { useSession, type Me } from '@/core/session'
import DocumentButtons from './DocumentButtons.vue'

const ISSUED = { id: 'd1', kind: 'inspection_notice', state: 'issued', number: '市直工委通〔2026〕3号' }

afterEach(() => vi.unstubAllGlobals())

/** The buttons' words, for somebody with a role. */
async function buttons(role: Role, kind: DocumentKind, documents: object[]): Promise<string[]> {
  serve({ status: 200, body: { items: documents, next_cursor: null } })
  const me = { roles: [role], views: [role.startsWith('unit') ? 'unit' : 'committee'] } as unknown as Me
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:rest(.*)*', component: {} }] })
  const page = mount({
    setup() {
      useSession().me = me
      return () => h(DocumentButtons, { kind, subject: 's1' })
    },
  }, { global: { plugins: [createPinia(), PiniaColada, router] } })
  await flushPromises()
  return page.findAll('.btn').map(one => one.text())
}

test('an officer has the paper before there is a document, and drafts it', async () => {
  expect(await buttons('committee.officer', 'inspection_notice', [])).toEqual(['Word', 'PDF', '打印', '拟文'])
})

test('a leader does not draft', async () => {
  expect(await buttons('committee.leader', 'inspection_notice', [])).toEqual(['Word', 'PDF', '打印'])
})

test('a unit finds nothing until it is issued, then the document under its number', async () => {
  expect(await buttons('unit.office', 'inspection_notice', [])).toEqual([])
  expect(await buttons('unit.office', 'inspection_notice', [ISSUED])).toEqual(['Word', 'PDF', '打印', '市直工委通〔2026〕3号'])
})

test('what was withdrawn is drafted anew', async () => {
  expect(await buttons('committee.officer', 'inspection_notice', [{ ...ISSUED, state: 'withdrawn' }])).toContain('拟文')
})

test('a paper that its own signature makes final is never drafted', async () => {
  expect(await buttons('unit.office', 'annual_plan', [])).toEqual(['Word', 'PDF', '打印'])
})
