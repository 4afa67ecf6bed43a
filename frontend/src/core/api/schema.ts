// Made from openapi.json by `npm run gen`. Do not edit.

export interface Access {
  access_token: string
  token_type: "Bearer"
  expires_in: number
}

export interface Body_token_issue {
  grant_type: "password" | "refresh_token" | "client_credentials"
  username?: string
  password?: string
  refresh_token?: string
  client_id?: string
  client_secret?: string
}

export interface HTTPValidationError {
  detail?: ValidationError[]
}

export interface Login {
  name: string
  password: string
}

export interface Me {
  id: string
  name: string
  display_name: string
  unit: UnitRef | null
  member_id: string | null
  roles: Role[]
  views: View[]
  scopes: string[]
}

export interface MemberCreate {
  name: string
  duty: string
  rank_order?: number
  terms: TermBody[]
}

export interface MemberPublic {
  name: string
  duty: string
  rank_order: number
  id: string
  unit_id: string
  person_id: string | null
  version: number
  terms: TermBody[]
}

export interface MemberUpdate {
  name?: string | null
  duty?: string | null
  rank_order?: number | null
  terms?: TermBody[] | null
}

export interface PageOfUnitPublic {
  items: UnitPublic[]
  next_cursor: string | null
  total?: number | null
}

export interface PasswordChange {
  current: string
  new: string
}

export type Role = "unit.lead" | "unit.deputy" | "unit.office" | "unit.member" | "committee.officer" | "committee.inspector" | "committee.leader" | "coassessor" | "leadership" | "dept.receiver" | "admin.system" | "admin.security" | "admin.audit" | "system"

export interface SessionPublic {
  id: string
  created_at: string
  used_at: string
  expires_at: string
  address: string
  user_agent: string
  current: boolean
}

export interface TermBody {
  started_on: string
  ended_on?: string | null
}

export interface TokenAnswer {
  access_token: string
  token_type: "Bearer"
  expires_in: number
  refresh_token?: string | null
  scope: string
}

export interface UnitCreate {
  code: string
  name: string
  short_name: string
  unit_class: string
  sort_order?: number
}

export type UnitKind = "committee" | "unit"

export interface UnitPublic {
  code: string
  name: string
  short_name: string
  unit_class: string
  sort_order: number
  id: string
  kind: UnitKind
  parent_id: string | null
  active: boolean
  version: number
}

export interface UnitRef {
  id: string
  name: string
}

export interface UnitUpdate {
  name?: string | null
  short_name?: string | null
  unit_class?: string | null
  sort_order?: number | null
  active?: boolean | null
}

export interface ValidationError {
  loc: (string | number)[]
  msg: string
  type: string
  input?: unknown
  ctx?: Record<string, unknown>
}

export type View = "unit" | "committee" | "leadership" | "admin" | "receiver"

export interface Operations {
  session_open: { path: undefined; query: undefined; body: Login; answer: Access }
  session_close: { path: undefined; query: undefined; body: undefined; answer: undefined }
  password_change: { path: undefined; query: undefined; body: PasswordChange; answer: undefined }
  session_refresh: { path: undefined; query: undefined; body: undefined; answer: Access }
  session_list: { path: undefined; query: undefined; body: undefined; answer: SessionPublic[] }
  session_revoke: { path: { id: string }; query: undefined; body: undefined; answer: undefined }
  token_issue: { path: undefined; query: undefined; body: URLSearchParams; answer: TokenAnswer }
  me_get: { path: undefined; query: undefined; body: undefined; answer: Me }
  member_get: { path: { id: string }; query: undefined; body: undefined; answer: MemberPublic }
  member_update: { path: { id: string }; query: undefined; body: MemberUpdate; answer: MemberPublic }
  unit_list: { path: undefined; query: { limit?: number; cursor?: string | null; count?: "exact" | null; kind?: UnitKind | null; unit_class?: string | null; q?: string | null; sort?: "sort_order" | "name" | "code" }; body: undefined; answer: PageOfUnitPublic }
  unit_create: { path: undefined; query: undefined; body: UnitCreate; answer: UnitPublic }
  unit_get: { path: { id: string }; query: undefined; body: undefined; answer: UnitPublic }
  unit_update: { path: { id: string }; query: undefined; body: UnitUpdate; answer: UnitPublic }
  member_list: { path: { id: string }; query: undefined; body: undefined; answer: MemberPublic[] }
  member_create: { path: { id: string }; query: undefined; body: MemberCreate; answer: MemberPublic }
  health_live: { path: undefined; query: undefined; body: undefined; answer: Record<string, string> }
  health_ready: { path: undefined; query: undefined; body: undefined; answer: Record<string, string> }
}

export const routes = {
  session_open: ['POST', '/api/v1/auth/login'],
  session_close: ['POST', '/api/v1/auth/logout'],
  password_change: ['POST', '/api/v1/auth/password'],
  session_refresh: ['POST', '/api/v1/auth/refresh'],
  session_list: ['GET', '/api/v1/auth/sessions'],
  session_revoke: ['DELETE', '/api/v1/auth/sessions/{id}'],
  token_issue: ['POST', '/api/v1/auth/token'],
  me_get: ['GET', '/api/v1/me'],
  member_get: ['GET', '/api/v1/members/{id}'],
  member_update: ['PATCH', '/api/v1/members/{id}'],
  unit_list: ['GET', '/api/v1/units'],
  unit_create: ['POST', '/api/v1/units'],
  unit_get: ['GET', '/api/v1/units/{id}'],
  unit_update: ['PATCH', '/api/v1/units/{id}'],
  member_list: ['GET', '/api/v1/units/{id}/members'],
  member_create: ['POST', '/api/v1/units/{id}/members'],
  health_live: ['GET', '/health/live'],
  health_ready: ['GET', '/health/ready'],
} as const satisfies Record<keyof Operations, readonly [string, string]>
