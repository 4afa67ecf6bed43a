/**
 * Chinese words for codes of the domain (`docs/glossary.md`). Records are complete by type: a code without its word
 * does not compile.
 */
import type {
  BallotState, CampaignState, ComparisonState, CorrectionState, DocumentState, NoticeObjectionState, EvidenceKind, EvidenceState, ExtraState, ImportState, InspectionState, LineState, MeasureState, ObjectionState, PlanState, ProblemState, ResultState, Role,
  SheetState, StandardState,
} from '@/core/api/schema'
import type { Tone } from '@/kit/tone'

export interface Word { text: string, tone: Tone }

const none = (text: string): Word => ({ text, tone: 'none' })
const wait = (text: string): Word => ({ text, tone: 'wait' })
const doing = (text: string): Word => ({ text, tone: 'doing' })
const ok = (text: string): Word => ({ text, tone: 'ok' })
const warn = (text: string): Word => ({ text, tone: 'warn' })
const bad = (text: string): Word => ({ text, tone: 'bad' })

/** Every state of every stateful thing, by the subject's name in `docs/lifecycles.md`, as a reader sees it. */
export const STATE = {
  standard: { draft: none('草稿'), published: ok('已发布') },
  campaign: { drafted: none('筹备'), open: doing('开展中'), inspecting: doing('检查阶段'), settling: doing('结果审定'), closed: ok('已结束') },
  plan: {
    draft: none('草稿'), team_review: doing('班子审议'), filed: doing('待工委备案'), returned: bad('已退回'), in_force: ok('执行中'), closed: none('已结束'),
  },
  problem: { open: doing('整改中'), closing_requested: warn('待确认销号'), closed: ok('已销号'), carried_over: none('已转入下年') },
  measure: { planned: none('未开始'), in_progress: doing('进行中'), completion_requested: warn('待确认完成'), completed: ok('已完成') },
  line: { waiting: wait('待上传'), received: ok('已收到'), replaced: none('已换新'), withdrawn: none('已撤回') },
  evidence: { promised: wait('待上传'), available: ok('已上传'), withdrawn: none('已撤回') },
  verdict: { unreviewed: none('未审核'), accepted: ok('采信'), rejected: bad('不采信') },
  self_report: { draft: none('草稿'), team_review: doing('班子审议'), submitted: doing('已报送'), accepted: ok('已接收'), returned: bad('已退回') },
  inspection: { planned: none('待检查'), in_progress: doing('检查中'), scored: doing('已合议'), feedback: warn('反馈中'), finalized: ok('已定稿') },
  sheet: { open: doing('评分中'), submitted: ok('已提交') },
  objection: { filed: warn('已提出'), under_review: doing('审理中'), upheld: ok('采纳'), partly_upheld: ok('部分采纳'), dismissed: none('未采纳') },
  extra: { raised: warn('已提出'), noticed: doing('公示中'), effective: ok('已生效'), dismissed: none('未认定'), lifted: none('已撤销'), withdrawn: none('已撤回') },
  ballot: { drafted: none('起草'), issued: wait('已制发投票码'), open: doing('投票中'), closed: warn('待计票'), counted: ok('已公布'), locked: ok('已锁定') },
  result: { computed: none('已计算'), approved: doing('已审定'), published: ok('已公布') },
  comparison: { drafted: none('起草'), frozen: doing('已固定'), deliberated: doing('已审议'), noticed: doing('公示中'), announced: ok('已通报') },
  correction: { drafted: warn('待审定'), published: ok('已公布'), dismissed: none('不予更正') },
  notice_objection: { filed: warn('待答复'), upheld: ok('成立'), dismissed: none('不成立') },
  interview: {
    proposed: warn('已提出'), approved: doing('已批准'), notified: doing('已通知'), held: doing('已约谈'), recorded: doing('已记录'),
    rectifying: doing('整改中'), verified: ok('已核验'), closed: ok('已办结'), escalated: bad('已提请有关部门'),
  },
  rectification: { assigned: doing('整改中'), reported: warn('待核验'), verified: ok('已核验'), returned: bad('已退回'), carried_over: none('已转入下年') },
  referral: { drafted: none('起草'), approved: doing('已批准'), sent: doing('已送达'), acknowledged: doing('已受理'), concluded: ok('已办结') },
  complaint: { received: warn('待答复'), answered: ok('已答复') },
  material_collection: { drafted: none('起草'), sent: doing('已下发'), closed: ok('已结束') },
  document: { draft: none('征求意见稿'), issued: ok('已签发'), withdrawn: bad('已撤回') },
  webhook: { active: ok('正在推送'), paused: none('已暂停') },
  import: {
    received: none('排队'), checking: doing('检查中'), checked: warn('待确认'), writing: doing('导入中'), done: ok('已导入'), refused: bad('没有导入'), failed: bad('出错中断'),
  },
  export: {
    waiting: none('排队'), running: doing('生成中'), done: ok('可下载'), failed: bad('出错中断'), expired: none('已过期'),
  },
} as const satisfies Record<string, Record<string, Word>> & {
  // States that openapi.json names: a new one without its word is a type error here.
  standard: Record<StandardState, Word>
  campaign: Record<CampaignState, Word>
  plan: Record<PlanState, Word>
  problem: Record<ProblemState, Word>
  measure: Record<MeasureState, Word>
  evidence: Record<EvidenceState, Word>
  line: Record<LineState, Word>
  inspection: Record<InspectionState, Word>
  sheet: Record<SheetState, Word>
  objection: Record<ObjectionState, Word>
  extra: Record<ExtraState, Word>
  ballot: Record<BallotState, Word>
  result: Record<ResultState, Word>
  comparison: Record<ComparisonState, Word>
  correction: Record<CorrectionState, Word>
  notice_objection: Record<NoticeObjectionState, Word>
  document: Record<DocumentState, Word>
  import: Record<ImportState, Word>
}

export type Stateful = keyof typeof STATE
export type StateOf<K extends Stateful> = keyof (typeof STATE)[K] & string

/** The order of the good way through a procedure, for `UiSteps`. */
export const WAY: { [K in Stateful]?: readonly StateOf<K>[] } = {
  campaign: ['drafted', 'open', 'inspecting', 'settling', 'closed'],
  plan: ['draft', 'team_review', 'filed', 'in_force', 'closed'],
  self_report: ['draft', 'team_review', 'submitted', 'accepted'],
  inspection: ['planned', 'in_progress', 'scored', 'feedback', 'finalized'],
  ballot: ['drafted', 'issued', 'open', 'closed', 'counted', 'locked'],
  comparison: ['drafted', 'frozen', 'deliberated', 'noticed', 'announced'],
  interview: ['proposed', 'approved', 'notified', 'held', 'recorded', 'rectifying', 'verified', 'closed'],
  referral: ['drafted', 'approved', 'sent', 'acknowledged', 'concluded'],
}

export const ROLE: Record<Role, string> = {
  'unit.lead': '主要负责同志',
  'unit.deputy': '分管负责同志',
  'unit.office': '机关党委',
  'unit.member': '班子成员',
  'committee.officer': '工委干部',
  'committee.inspector': '检查组成员',
  'committee.leader': '工委领导',
  coassessor: '并入考核单位',
  leadership: '市委领导',
  'dept.receiver': '有关部门',
  'admin.system': '系统管理员',
  'admin.security': '安全管理员',
  'admin.audit': '审计管理员',
  system: '系统',
}

export const DIMENSION = { A: '政治坚定好', B: '学习创新好', C: '勤政为民好', D: '清正廉洁好' } as const

/** Things by the subject's name in `docs/lifecycles.md` and in events (`plan.sign`). */
export const SUBJECT: Record<Exclude<Stateful, 'verdict'>, string> = {
  standard: '创建标准', campaign: '创建年度', plan: '年度计划', problem: '问题', measure: '措施', evidence: '佐证材料', line: '清单行', self_report: '自查报告',
  inspection: '检查考核', sheet: '评分表', objection: '陈述申辩', extra: '加减分和否决事项', ballot: '民主测评', result: '年度结果', comparison: '集中评比', correction: '结果更正', notice_objection: '公示异议', interview: '集体约谈',
  rectification: '整改', referral: '提请帮助或调整', complaint: '投诉建议', import: '导入', export: '导出', material_collection: '材料收集', document: '公文', webhook: '推送地址',
}

/** R7: what a problem lies in. */
export const PROBLEM_CATEGORY = { thought: '思想实际', work: '工作实际', prominent: '突出问题', weak: '薄弱环节' } as const

/** R12–R15: what the work is combined with. */
export const LINKAGE = { democratic_meeting: '民主生活会', discipline_inspection: '巡视巡察反馈', study: '中心组学习', performance: '年度绩效' } as const

/** Where a problem was found. */
export const PROBLEM_SOURCE = { self: '自查', ...LINKAGE, finding: '上年检查发现', rectification: '整改转入', carried_over: '上年问题转入' } as const

export const CRITERION_KIND = { qualitative: '定性', yes_no: '是否', quantitative: '定量' } as const

export const NATURE = { activity: '创建活动', appraisal: '责任制考核' } as const

export const STAGE = { planning: '计划', self_report: '自查', inspection: '检查', feedback: '反馈', rectification: '整改' } as const

export const COMPLAINT_KIND = { complaint: '投诉', suggestion: '建议' } as const

export const REFERRAL_OUTCOME = { help: '帮助', adjustment: '调整' } as const

/** What sort of paper a piece of evidence is. */
export const EVIDENCE_KIND: Record<EvidenceKind, string> = {
  meeting: '会议', document: '文件制度', report: '报告', study: '学习', record: '记录台账', picture: '图片', press: '报道', award: '表彰', figures: '数据', other: '其他',
}

/** What a deduction consists of; all four, or it is none. */
export const FOUR_PARTS = { clause: '条款', fact: '事实', evidence: '证据', by: '提出人' } as const

export const LEDGER = {
  T1: '问题', T2: '计划措施', T3: '民主生活会', T4: '巡视巡察整改', T5: '中心组学习', T6: '议事决策', T7: '调研报告与理论文章',
  T8: '下基层调研', T9: '联系点与谈心谈话', T10: '为民办实事', T11: '帮扶', T12: '意识形态', T13: '党风廉政', T14: '制度建设',
  T15: '教育培训', T16: '组织生活与机关党建', T17: '重大部署与绩效目标', T18: '信访与矛盾化解', T19: '作风建设', T20: '负面清单',
} as const
