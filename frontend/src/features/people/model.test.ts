import { describe, expect, it } from 'vitest'
import { needsUnit, ROLES, rolesOf, scopeWords, unitOf } from './model'

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
})
