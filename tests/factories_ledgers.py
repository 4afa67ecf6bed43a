"""Ledger rows for tests."""

from datetime import date

from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerEntry, LedgerEntryMember, LedgerKind
from tests.factories import STAMPS

DETAILS = {
    "T3": {"theme": "严守纪律规矩", "expected": 7, "attended": 7, "problems_found": 9},
    "T4": {"feedback_number": 1, "measure": "修订议事规则", "due_on": "2026-06-30"},
    "T5": {"topic": "学习党章党规", "expected": 7, "attended": 6},
    "T6": {"category": "重大决策", "decided_by_meeting": True, "meeting": "党组会议"},
    "T7": {"type": "调研报告"},
    "T8": {"place": "石岭镇柳树湾村"},
    "T9": {"form": "谈心谈话", "category": "干部", "count": 2},
    "T10": {"source": "走访收集", "due_on": "2026-09-30"},
    "T11": {"village": "柳树湾村", "households": 8, "stationed_days": 20, "funds_yuan": "5000.00"},
    "T12": {"form": "专题研究"},
    "T13": {"quarter": 1, "first_form": 2},
    "T14": {
        "number": "教办〔2026〕3号",
        "meeting": "党组会议",
        "elements": dict.fromkeys(("scope", "matters", "switching", "rules", "procedure"), True),
    },
    "T15": {"expected": 40, "trained": 40},
    "T16": {"form": "主题党日", "attended": 18},
    "T17": {"source": "市政府工作报告", "due_on": "2026-11-30"},
    "T18": {"received": 12, "closed": 11, "closed_in_time": 11},
    "T19": {"form": "自查", "problems_found": 2},
    "T20": {"category": "重大决策失误", "authority": "市审计局", "document": "市审报〔2026〕27号"},
}


async def make_entry(
    world, unit, campaign, kind: str = "T5", *members, details: dict | None = None, **fields
) -> LedgerEntry:
    """Make a row with the details of its kind; `details` replaces some of them."""
    rule = KINDS[LedgerKind(kind)]
    checked = rule.details.model_validate({**DETAILS[kind], **(details or {})})
    entry = LedgerEntry(
        unit_id=unit.id,
        campaign_id=campaign.id,
        kind=LedgerKind(kind),
        details=checked.model_dump(mode="json"),
        **{"title": f"{rule.name}一则", "happened_on": date(campaign.year, 3, 2), **fields},
        **STAMPS,
    )
    await world.add(entry)
    for member in members:
        await world.add(LedgerEntryMember(unit_id=unit.id, entry_id=entry.id, member_id=member.id))
    return entry
