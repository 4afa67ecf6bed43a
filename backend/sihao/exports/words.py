"""What codes in exported lists are called, as the pages call them."""

from collections.abc import Mapping

from sihao.imports.kinds.manifests import EVIDENCE_KINDS

WORDS: Mapping[str, Mapping[str, str]] = {
    "category": {
        "thought": "思想实际",
        "work": "工作实际",
        "prominent": "突出问题",
        "weak": "薄弱环节",
    },
    "source": {
        "self": "自查",
        "democratic_meeting": "民主生活会",
        "discipline_inspection": "巡视巡察反馈",
        "study": "中心组学习研讨",
        "performance": "年度绩效",
        "finding": "上年检查发现",
        "rectification": "整改转入",
        "carried_over": "上年问题转入",
    },
    "kind": {
        **{kind.value: zh for kind, zh in EVIDENCE_KINDS.items()},
        "bonus": "加分",
        "penalty": "减分",
        "veto": "一票否决",
        "complaint": "投诉",
        "suggestion": "建议",
        "relative": "有亲属在该单位任职",
        "worked_there": "曾在该单位任职",
    },
    "request": {"help": "提请帮助", "adjustment": "提请调整"},
    "outcome": {"help": "已予帮助", "adjustment": "已作调整"},
    "visit_half": {"morning": "上午", "afternoon": "下午"},
}
"""What codes of a column mean to people."""
STATES: Mapping[str, Mapping[str, str]] = {
    "问题": {
        "open": "整改中",
        "closing_requested": "待确认销号",
        "closed": "已销号",
        "carried_over": "已转入下年",
    },
    "年度计划": {
        "draft": "草稿",
        "team_review": "班子审议",
        "filed": "待工委备案",
        "returned": "已退回",
        "in_force": "执行中",
        "closed": "已结束",
    },
    "佐证材料": {
        "promised": "待上传",
        "available": "已上传",
        "withdrawn": "已撤回",
    },
    "自查报告": {
        "draft": "草稿",
        "team_review": "班子审议",
        "submitted": "已报送",
        "accepted": "已接收",
        "returned": "已退回",
    },
    "检查": {
        "planned": "待检查",
        "in_progress": "检查中",
        "scored": "已合议",
        "feedback": "反馈中",
        "finalized": "已定稿",
    },
    "陈述申辩": {
        "filed": "已提出",
        "under_review": "审理中",
        "upheld": "采纳",
        "partly_upheld": "部分采纳",
        "dismissed": "未采纳",
    },
    "加减分事项": {
        "raised": "已提出",
        "noticed": "公示中",
        "effective": "已生效",
        "dismissed": "未认定",
        "lifted": "已撤销",
        "withdrawn": "已撤回",
    },
    "年度结果": {
        "computed": "已计算",
        "approved": "已审定",
        "published": "已公布",
    },
    "约谈": {
        "proposed": "已提出",
        "approved": "已批准",
        "notified": "已通知",
        "held": "已约谈",
        "recorded": "已记录",
        "rectifying": "整改中",
        "verified": "已核验",
        "closed": "已办结",
        "escalated": "已提请有关部门",
    },
    "整改": {
        "assigned": "整改中",
        "reported": "待核验",
        "verified": "已核验",
        "returned": "已退回",
        "carried_over": "已转入下年",
    },
    "提请": {
        "drafted": "起草",
        "approved": "已批准",
        "sent": "已送达",
        "acknowledged": "已受理",
        "concluded": "已办结",
    },
    "投诉建议": {"received": "待答复", "answered": "已答复"},
    "清单行": {
        "waiting": "待上传",
        "received": "已收到",
        "replaced": "已换新",
        "withdrawn": "已撤回",
    },
    "民主测评": {
        "drafted": "起草",
        "issued": "已制发投票码",
        "open": "投票中",
        "closed": "待计票",
        "counted": "已公布",
        "locked": "已锁定",
    },
    "集中评比": {
        "drafted": "起草",
        "frozen": "已固定",
        "deliberated": "已审议",
        "noticed": "公示中",
        "announced": "已通报",
    },
    "公示异议": {"filed": "待答复", "upheld": "成立", "dismissed": "不成立"},
}
"""What states of a list are called, as its page calls them."""
