/** What can be brought in by a file, who brings it, and how an import reads. */
import type { Cause, ImportPublic, ImportSummary, Role, RowError } from '@/core/api/schema'
import type { ImportKind } from '@/domain/importJobs'

export interface Kind {
  value: ImportKind
  label: string
  hint: string
  /** It is about one year. */
  ofYear: boolean
  /** Where whoever brings it finds it afterwards, by the base of his pages. */
  page: Record<string, string>
  /** Taken as a whole or not at all, with the word that no listed file is secret; where what it makes is found. */
  whole?: { made: string }
  who: Partial<Record<string, readonly Role[]>>
}

const WRITERS: readonly Role[] = ['unit.lead', 'unit.deputy', 'unit.office']

export const KINDS: readonly Kind[] = [
  {
    value: 'ledger-entries', label: '台账记录', hint: '一个工作表一本台账，或者用“台账”一列写明是哪一本。', ofYear: true,
    page: { '/u': '/u/ledgers', '/c': '/c/ledgers' }, who: { '/u': [...WRITERS, 'unit.member'], '/c': ['committee.officer', 'coassessor'] },
  },
  { value: 'measures', label: '计划措施', hint: '计划还是草稿时导入，按问题编号和措施编号对应。', ofYear: true, page: { '/u': '/u/problems' }, who: { '/u': WRITERS } },
  {
    value: 'evidence-manifest', label: '材料清单', hint: '由程序生成的清单：每行一个文件的路径、大小、SHA-256 和条目。收到即出回执，文件随后再传。', ofYear: true,
    page: { '/u': '/u/manifests' }, whole: { made: '/u/manifests' }, who: { '/u': WRITERS },
  },
  { value: 'members', label: '班子成员', hint: '姓名、职务、分工和任职起止。', ofYear: false, page: {}, who: { '/u': WRITERS, '/c': ['committee.officer'] } },
  { value: 'units', label: '单位', hint: '按单位编码对应，已有的更新，没有的新增。', ofYear: false, page: { '/c': '/c/ledgers' }, who: { '/c': ['committee.officer'] } },
  { value: 'standard', label: '创建标准', hint: '导入成一份新的标准草稿，已发布的标准不受影响。', ofYear: false, page: { '/c': '/c/standards' }, who: { '/c': ['committee.officer'] } },
  { value: 'co-assessment-results', label: '并入考核结果', hint: '按考核编号和单位对应。', ofYear: true, page: { '/c': '/c/co-assessments' }, who: { '/c': ['coassessor'] } },
  { value: 'people', label: '账号', hint: '新账号没有可用的密码，导入后由安全管理员逐个重置。', ofYear: false, page: { '/a': '/a/people' }, who: { '/a': ['admin.security'] } },
]

/** What somebody with these roles brings in on the pages at `base`. */
export function kindsFor(base: string, roles: readonly Role[]): Kind[] {
  return KINDS.filter(kind => kind.who[base]?.some(role => roles.includes(role)))
}

export function kindOf(job: Pick<ImportSummary, 'kind'>): Kind | undefined {
  return KINDS.find(kind => kind.value === job.kind)
}

/** Endings that a chosen file may have. */
export const ACCEPT = '.xlsx,.csv,.ndjson,.jsonl'

const PHASE: Record<string, string> = { reading: '正在逐行检查', comparing: '正在和已有记录比对', writing: '正在写入' }

export function phaseOf(job: Pick<ImportPublic, 'state' | 'progress'>): string {
  if (job.state === 'received') return '已收到，正在排队'
  const words = PHASE[job.progress?.phase ?? ''] ?? (job.state === 'writing' ? '正在写入' : '正在检查')
  return job.progress?.done ? `${words}，已到第 ${job.progress.done.toLocaleString('zh-CN')} 行` : words
}

/** Rows that are or would be written. */
export const writtenBy = (job: Pick<ImportSummary, 'created' | 'updated'>) => job.created + job.updated

const count = (rows: number) => rows.toLocaleString('zh-CN')

/** How it went, in one sentence. */
export function outcomeOf(job: ImportSummary): string {
  const written = writtenBy(job)
  switch (job.state) {
    case 'checked':
      if (job.format === 'json') return `粘贴时检查过：${count(written)} 行没有问题，${count(job.refused)} 行要改。登记是在表格里做的。`
      if (!written) return '和已有的记录完全一样，没有要写入的。'
      return job.refused ? `${count(written)} 行没有问题，${count(job.refused)} 行要改。还没有写入。` : `${count(job.total)} 行都没有问题，还没有写入。`
    case 'done':
      return `已写入 ${count(written)} 行${job.unchanged ? `，${count(job.unchanged)} 行本来就一样` : ''}${job.refused ? `，${count(job.refused)} 行有问题没有写` : ''}。`
    case 'refused':
      return job.total ? `${count(job.refused)} 行有问题，什么也没有写入。` : '这个文件读不了，什么也没有写入。'
    case 'failed':
      return '系统没有办成，什么也没有写入。可以把同一个文件再交一次。'
    default:
      return phaseOf({ state: job.state, progress: null })
  }
}

/** What follows from carrying it out. */
export function consequenceOf(job: ImportSummary): string {
  const parts = [job.created && `新增 ${count(job.created)} 行`, job.updated && `修改 ${count(job.updated)} 行`].filter(Boolean).join('，')
  return `${parts || '没有要写入的行'}。${job.refused ? `有问题的 ${count(job.refused)} 行不写入，改好后可以另外再导入，不会重复。` : '每一行都会记入办理记录。'}`
}

/** `Sheet1 第 3 行`, where the file has several sheets; of the file as a whole nothing. */
export function placeOf(error: Pick<RowError, 'row' | 'sheet'>, withSheet: boolean): string {
  if (error.row === null) return '整个文件'
  return `${withSheet && error.sheet ? `${error.sheet} ` : ''}第 ${error.row} 行`
}

export function hasSheets(causes: readonly Cause[]): boolean {
  return new Set(causes.flatMap(cause => cause.first.map(one => one.sheet))).size > 1
}
