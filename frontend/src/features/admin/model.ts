/** What an auditor and a system administrator read: events, settings, sizes. */
import { deedOf } from '@/domain/events'
import { LEDGER, STATE, SUBJECT, type Word } from '@/domain/words'

const MORE: Record<string, string> = {
  person: '账号', session: '登录', service_account: '服务账号', unit: '单位', member: '班子成员', campaign: '创建年度', ledger_entry: '台账', finding: '发现问题',
  judgement: '评分', decision: '合议', group: '检查组', recusal: '回避', co_assessment: '并入考核', commendation: '通报表扬', file: '文件', upload: '上传',
}

/** Subjects that events are about, for the filter and for reading. */
export const SUBJECTS: Record<string, string> = { ...MORE, ...SUBJECT }

export function subjectOf(event: string): string {
  const subject = event.split('.')[0] ?? ''
  return SUBJECTS[subject] ?? subject
}

const DEED: Record<string, string> = {
  'session.opened': '登录', 'session.closed': '退出登录', 'session.revoked': '让设备退出', 'session.reused': '登录凭证被重复使用', 'person.changed_password': '修改密码', 'session.proved': '再次确认本人', 'person.totp_on': '启用动态验证码', 'person.totp_off': '停用动态验证码', 'person.totp_renewed': '换发恢复码', 'person.used_recovery_code': '使用恢复码', 'person.reset_totp': '重置动态验证码',
  'person.disabled': '停用账号', 'person.enabled': '启用账号', 'person.granted': '授予身份', 'person.reset_password': '重置密码',
}
const BARE = ['新增', '修改', '删除', '计算', '办理']

/** What was done, in words; a deed that nobody named is told by what it was done to. */
export function wordsOf(event: string): string {
  const told = DEED[event] ?? deedOf(event)
  return BARE.includes(told) ? `${told}${subjectOf(event)}` : told
}

const DETAIL: Record<string, string> = {
  before: '原状态', after: '现状态', opinion: '意见', reason: '理由', fields: '改动', criterion: '条目', lost: '扣分', restored: '恢复分值', role: '身份', measures: '措施数',
  login: '账号', year: '年度', title: '名称', kind: '种类', units: '单位数',
}

/** `plan.present`, `{ before: 'draft', fields: ['name'] }` → `原状态 草稿；改动 name`; empty values are left out. */
export function detailsOf(event: string, data: Readonly<Record<string, unknown>>): string {
  const states = (STATE as Record<string, Record<string, Word>>)[event.split('.')[0] ?? '']
  const ledgers: Readonly<Record<string, string>> = LEDGER
  const isSaid = (value: unknown) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  const said = (key: string, value: unknown) => (key === 'kind' ? ledgers[String(value)] : undefined) ?? (key === 'before' || key === 'after' ? states?.[String(value)]?.text : undefined)
    ?? (typeof value === 'object' ? JSON.stringify(value).replace(/["[\]]/g, '') : String(value))
  return Object.entries(data).filter(([, value]) => isSaid(value)).map(([key, value]) => `${DETAIL[key] ?? key} ${said(key, value)}`).join('；')
}

const SIZES = ['字节', 'kB', 'MB', 'GB', 'TB']

/** 1536000 → 1.5 MB, in steps of a thousand. */
export function bytes(size: number): string {
  const step = Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3))
  const value = size / 1000 ** step
  return `${step && value < 100 ? value.toFixed(1) : Math.round(value)} ${SIZES[step]}`
}

export const SETTING: Record<string, string> = {
  SIHAO_HOST: '监听地址',
  SIHAO_PORT: '端口',
  SIHAO_DATA_DIR: '数据目录',
  SIHAO_DATABASE_URL: '数据库（不含账号和密码）',
  SIHAO_OWNER_DATABASE_URL: '数据库所有者，仅升级时使用',
  SIHAO_POOL_SIZE: '数据库连接数',
  SIHAO_SIGNING_KEY: '签名密钥（不显示）',
  SIHAO_ISSUER: '令牌签发者',
  SIHAO_ACCESS_TOKEN_SECONDS: '访问令牌有效秒数',
  SIHAO_SESSION_DAYS: '登录保持天数',
  SIHAO_MAX_UPLOAD_BYTES: '单个文件上限',
  SIHAO_OUTGOING_ALLOW: '允许向哪里推送',
  SIHAO_SPA_DIR: '页面目录',
}
