/** Accounts: which roles there are to grant, and how an account's roles read. */
import type { GrantPublic, Role, Scope, ServiceAccountPublic, ServiceAccountUpdate } from '@/core/api/schema'
import { dayOf } from '@/core/dates'
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
  { value: 'scim:appoint', label: '同步管理员和工委领导（须同时有“同步人员”）' },
] as const

export function scopeWords(scopes: readonly string[]): string {
  return scopes.map(scope => SCOPES.find(one => one.value === scope)?.label ?? scope).join('、')
}

/** The end of a day, as an instant. */
export function untilOf(date: string | null): string | null {
  return date && `${date}T23:59:59+08:00`
}

export function linesOf(text: string): string[] {
  return text.split('\n').map(line => line.trim()).filter(Boolean)
}

/** Says which line is neither an address nor a range; host bits are the server's to find. */
export function wrongRange(text: string): string | undefined {
  const at = linesOf(text).findIndex(line => !/^[\da-f.:]*[.:][\da-f.:]*(\/\d{1,3})?$/i.test(line))
  return at < 0 ? undefined : `第 ${at + 1} 行不是地址或网段，写成 10.1.0.0/16 这样`
}

/** What an edit changes, and nothing else: an expiry that is past stays as it is unless it is touched. */
export function changesOf(account: ServiceAccountPublic, edit: { name: string, scopes: readonly Scope[], expires_at: string | null, addresses: string }): ServiceAccountUpdate {
  const before = account.expires_at && dayOf(account.expires_at)
  const same = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join()
  return {
    ...(edit.name === account.name ? {} : { name: edit.name }),
    ...(same(edit.scopes, account.scopes) ? {} : { scopes: [...edit.scopes] }),
    ...(edit.expires_at === before ? {} : { expires_at: untilOf(edit.expires_at) }),
    ...(same(linesOf(edit.addresses), account.addresses) ? {} : { addresses: linesOf(edit.addresses) }),
  }
}

export interface Standing { text: string, tone: 'ok' | 'bad' | 'warn' }

const SOON_MS = 14 * 86_400_000

/** Whether another system comes in, and whether that ends soon. */
export function standingOf({ disabled_at, expires_at }: Pick<ServiceAccountPublic, 'disabled_at' | 'expires_at'>, now = Date.now()): Standing {
  if (disabled_at) return { text: '已停用', tone: 'bad' }
  const left = expires_at === null ? Infinity : Date.parse(expires_at) - now
  if (left <= 0) return { text: '已过期', tone: 'bad' }
  return left < SOON_MS ? { text: '快到期', tone: 'warn' } : { text: '在用', tone: 'ok' }
}
