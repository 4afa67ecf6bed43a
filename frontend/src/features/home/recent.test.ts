import { describe, expect, it } from 'vitest'
import type { EventPublic } from '@/core/api/schema'
import { inShort, isDaily } from './recent'

const event = (id: string, name: string, actor = '甲'): EventPublic => ({ id, name, actor, subject_id: 's', unit_id: 'u', at: '2026-11-23T00:00:00Z', data: { title: id } })

describe('what happened last', () => {
  it('counts what one person does several times in a row, and names what was done once', () => {
    const lines = inShort([event('1', 'evidence.created'), event('2', 'evidence.created'), event('3', 'plan.sign'), event('4', 'plan.sign', '乙')], 8, () => undefined)

    expect(lines).toMatchObject([{ id: '1', times: 2 }, { id: '3', data: { title: '3' } }, { id: '4', actor: '乙' }])
    expect(lines[0]).not.toHaveProperty('data')
  })
  it('stops when the page is full', () => expect(inShort([event('1', 'a.b'), event('2', 'c.d')], 1, () => undefined)).toHaveLength(1))
  it('says whose it is where one looks at all units', () => expect(inShort([event('1', 'plan.sign')], 8, () => '市教育局')[0]!.actor).toBe('市教育局 甲'))
  it('tells daily records from steps of the year', () => expect([event('1', 'ledger_entry.created'), event('2', 'plan.sign')].map(isDaily)).toEqual([true, false]))
})
