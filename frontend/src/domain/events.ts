/** What happened, in words: `subject.verb` of the event record → what its actor did. */
import { SUBJECT } from './words'

const VERB: Record<string, string> = {
  'standard.publish': '发布标准', 'campaign.open': '启动创建年度', 'campaign.start_inspection': '进入检查考核', 'campaign.settle': '进入结果审定',
  'campaign.close': '结束年度', 'complaint.answer': '答复', 'evidence.receive': '上传材料', 'evidence.withdraw': '撤回材料',
  'interview.approve': '批准约谈', 'interview.notify': '发出约谈通知', 'interview.acknowledge': '签收约谈通知', 'interview.hold': '登记约谈',
  'interview.confirm_record': '确认约谈记录', 'interview.start_rectifying': '转入整改', 'interview.verify': '核验整改', 'interview.close': '办结约谈',
  'interview.escalate': '提请有关部门', 'rectification.report': '报告整改', 'rectification.verify': '核验通过', 'rectification.return': '退回整改',
  'referral.approve': '批准提请', 'referral.send': '送有关部门', 'referral.acknowledge': '签收', 'referral.conclude': '办结答复', 'referral.advise': '市领导提出意见',
  'inspection.start': '开始检查', 'inspection.consolidate': '完成合议', 'inspection.give_feedback': '反馈单位', 'inspection.confirm': '确认反馈意见',
  'inspection.finalize': '定稿', 'sheet.submit': '提交评分', 'objection.take_up': '受理申辩', 'objection.uphold': '采纳申辩',
  'objection.uphold_partly': '部分采纳申辩', 'objection.dismiss': '不予采纳申辩', 'plan.present': '送班子审议', 'plan.sign': '签发计划',
  'plan.accept': '同意备案', 'plan.return': '退回计划', 'plan.withdraw': '退回起草', 'plan.revise': '开始修改', 'plan.amend': '调整计划', 'plan.close': '结束计划',
  'problem.request_closing': '提请销号', 'problem.confirm': '确认销号', 'problem.reject': '不予销号', 'problem.carry_over': '问题转入下年',
  'measure.start': '开始实施', 'measure.request_completion': '提请认定完成', 'measure.confirm': '认定完成', 'measure.reject': '退回继续实施',
  'result.compute': '计算结果', 'result.approve': '审定结果', 'result.publish': '公布结果', 'comparison.freeze': '固定数据',
  'comparison.deliberate': '记录审议', 'comparison.announce': '通报表扬', 'comparison.advise': '市领导提出意见', 'self_report.present': '送班子审议',
  'self_report.sign': '签发报送', 'self_report.written': '写自查报告', 'evidence.created': '登记材料', 'evidence.opened': '调阅材料',
  'evidence.linked': '批量引用材料', 'evidence.file_promised': '登记文件', 'evidence.file_received': '收到文件', 'evidence.file_deleted': '取消登记文件',
  'evidence_manifest.received': '报送材料清单', 'upload.refused': '上传被拒收',
  'evidence_link.created': '把材料用于条目', 'evidence_link.deleted': '取消材料的用途', 'evidence_link.accepted': '采信材料', 'evidence_link.rejected': '不采信材料', 'evidence_link.unreviewed': '撤销对材料的认定', 'measure.progress_reported': '登记措施进展',
  'plan.created': '起草计划', 'plan.measures_added': '增加措施', 'plan.measures_ordered': '调整措施顺序', 'plan.problems_ordered': '调整问题顺序',
  'self_report.created': '起草自查报告', 'ledger_entry.created': '登记台账', 'ledger_entry.updated': '修改台账', 'ledger_entry.deleted': '删除台账记录',
  'team_meeting.created': '登记班子会议', 'team_meeting.updated': '修改班子会议', 'team_meeting.deleted': '删除班子会议', 'co_assessment.scored': '填报并入考核得分', 'co_assessment.released': '告知并入考核结果',
  'co_assessment.created': '设置并入考核', 'co_assessment.updated': '修改并入考核', 'finding.created': '提出检查发现', 'judgement.saved': '评分', 'decision.made': '合议条目',
  'extra.raised': '提出加减分事项', 'extra.publish_notice': '公示加减分事项', 'extra.state_view': '对加减分事项陈述意见', 'extra.answer_view': '答复单位意见',
  'extra.confirm': '认定加减分事项', 'extra.dismiss': '不予认定加减分事项', 'extra.lift': '撤销加减分事项', 'extra.withdraw': '撤回加减分事项',
  'ballot.created': '起草民主测评', 'ballot.updated': '修改民主测评', 'ballot.issue': '制发投票码', 'ballot.open': '开始投票', 'ballot.close': '结束投票',
  'ballot.count': '开箱计票并公布测评结果', 'ballot.lock': '锁定测评结果', 'ballot.hand_count_entered': '录入纸质票数', 'ballot.record_read': '调取选票复核清单',
  'objection.filed': '提出申辩', 'inspection.assigned': '分配检查单位', 'inspection.updated': '安排检查', 'group.created': '成立检查组', 'group.updated': '调整检查组',
  'recusal.created': '登记回避', 'recusal.deleted': '取消回避', 'recusal.withdrawn': '撤销回避', 'group.allocated': '分配条目', 'visits.set': '安排检查日程', 'calendar.set': '设定工作日', 'calendar.reset': '恢复工作日', 'interview.created': '提出约谈', 'rectification.created': '交办整改', 'rectification.recheck': '复核整改', 'rectification.look_back': '整改“回头看”', 'rectification.carry_over': '整改转入下年', 'interview.look_back': '约谈“回头看”', 'interview.reopen_record': '重开约谈记录', 'interview.record_read': '查阅约谈记录', 'interview.readers': '确定约谈记录可阅人员', 'referral.file_added': '附上提请文件', 'referral.file_removed': '撤下提请文件', 'referral.file_opened': '下载提请文件',
  'referral.created': '起草提请', 'complaint.created': '提出投诉建议', 'comparison.created': '起草集中评比', 'commendation.updated': '修改表扬事迹', 'commendation.withdrawn': '撤下通报名单', 'comparison.notice': '公示通报名单',
  'document.created': '拟制公文', 'document.updated': '修改公文', 'document.issue': '签发公文', 'document.withdraw': '撤回公文', 'document.sent': '发出公文', 'document.received': '签收公文', 'document.opened': '下载公文',
  'notice_objection.filed': '对公示提出异议', 'notice_objection.uphold': '异议成立', 'notice_objection.dismiss': '异议不成立',
  'correction.drafted': '拟制结果更正', 'correction.publish': '公布结果更正', 'correction.dismiss': '不予更正',
  'campaign.created': '筹备创建年度', 'campaign.scheme_set': '设定方案', 'campaign.windows_set': '设定各阶段时间', 'unit.created': '增加单位', 'unit.updated': '修改单位',
  'member.created': '增加班子成员', 'member.updated': '修改班子成员', 'self_report.accept': '接收报告', 'self_report.return': '退回报告', 'self_report.withdraw': '退回起草', 'self_report.revise': '开始修改',
}
const COMMON: Record<string, string> = { created: '新增', updated: '修改', deleted: '删除', computed: '计算' }

/** `plan.sign` → 签发计划; `measure.updated` → 修改措施; what nobody named is told by its subject alone. */
export function deedOf(name: string): string {
  const [subject = '', verb = ''] = name.split('.')
  const thing = (SUBJECT as Record<string, string>)[subject] ?? ''
  return VERB[name] ?? `${COMMON[verb] ?? '办理'}${thing}`
}
