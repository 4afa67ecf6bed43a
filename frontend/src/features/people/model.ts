/** Accounts: which roles there are to grant, and how an account's roles read. */
import type { GrantPublic, Role } from '@/core/api/schema'
import { ROLE } from '@/domain/words'

/** Nobody is granted the system itself. */
export const ROLES = (Object.keys(ROLE) as Role[]).filter(role => role !== 'system').map(role => ({ value: role, label: ROLE[role] }))

/** Roles of a unit name the unit, others none. */
export function needsUnit(role: string): boolean {
  return role.startsWith('unit.')
}

export function unitOf(grants: readonly GrantPublic[]): string {
  return grants.find(one => one.unit_name)?.unit_name ?? ''
}

export function rolesOf(grants: readonly GrantPublic[]): string {
  return grants.map(one => ROLE[one.role]).join('、')
}

/** What an account of another system may be allowed. */
export const SCOPES = [
  { value: 'ledger:write', label: '写台账' },
  { value: 'evidence:write', label: '上传佐证材料' },
  { value: 'plan:read', label: '读计划' },
  { value: 'result:read', label: '读年度结果' },
  { value: 'coassessment:write', label: '报送并入考核结果' },
  { value: 'import', label: '批量导入' },
  { value: 'event:read', label: '读事件' },
  { value: 'todo:sync', label: '同步待办' },
  { value: 'scim', label: '同步人员' },
] as const

export function scopeWords(scopes: readonly string[]): string {
  return scopes.map(scope => SCOPES.find(one => one.value === scope)?.label ?? scope).join('、')
}
