import { describe, expect, it } from 'vitest'
import type { ServiceAccountPublic } from '@/core/api/schema'
import { changesOf, linesOf, needsUnit, ROLES, rolesOf, scopeWords, standingOf, unitOf, wrongRange } from './model'

describe('accounts', () => {
  it('offers every role but the system', () => {
    expect(ROLES.map(one => one.value)).not.toContain('system')
    expect(ROLES).toHaveLength(13)
  })

  it('asks for a unit where the role belongs to one', () => {
    expect([needsUnit('unit.lead'), needsUnit('leadership')]).toEqual([true, false])
  })

  it('reads roles, unit and scopes in Chinese', () => {
    const grants = [{ id: '1', role: 'unit.lead' as const, unit_id: 'u', unit_name: '市教育局' }, { id: '2', role: 'coassessor' as const, unit_id: null, unit_name: null }]
    expect([rolesOf(grants), unitOf(grants)]).toEqual(['主要负责同志、并入考核单位', '市教育局'])
    expect(scopeWords(['plan:read', 'unknown'])).toBe('读计划、unknown')
  })

  it('sends of a service account only what was changed, so that a past expiry is no obstacle', () => {
    const account = { name: 'OA', scopes: ['import', 'ledger:write'], addresses: ['10.1.0.0/16'], expires_at: '2025-01-01T15:59:59Z' } as unknown as ServiceAccountPublic
    const same = { name: 'OA', scopes: ['ledger:write', 'import'] as const, expires_at: '2025-01-01', addresses: ' 10.1.0.0/16\n\n' }
    expect(changesOf(account, same)).toEqual({})
    expect(changesOf(account, { ...same, expires_at: null, addresses: '' })).toEqual({ expires_at: null, addresses: [] })
    expect(changesOf(account, { ...same, expires_at: '2027-01-31' })).toEqual({ expires_at: '2027-01-31T23:59:59+08:00' })
    expect([wrongRange('10.1.0.0/16\nfd00::/8\n127.0.0.1'), wrongRange('10.1.0.0/16\n内网')]).toEqual([undefined, '第 2 行不是地址或网段，写成 10.1.0.0/16 这样'])
    expect(linesOf(' a \n\nb')).toEqual(['a', 'b'])
  })

  it('warns before another system is shut out', () => {
    const now = Date.parse('2026-11-24T00:00:00Z')
    const text = (expires_at: string | null, disabled_at: string | null = null) => standingOf({ expires_at, disabled_at }, now).text
    expect([text(null), text('2026-12-01T00:00:00Z'), text('2026-11-01T00:00:00Z'), text(null, '2026-01-01T00:00:00Z')]).toEqual(['在用', '快到期', '已过期', '已停用'])
  })
})
