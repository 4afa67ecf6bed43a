"""The figures a report names, counted from the ledgers, so that both tell the same."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from sihao.demo.city import Unit
from sihao.demo.entries import LedgerEntry
from sihao.demo.ledgers import ledger_entries_for

_TEN_THOUSAND = 10_000


def report_day(year: int) -> date:
    """The day whose figures the self-report of a year carries."""
    return date(year, 11, 20)


@cache
def figures_for(unit: Unit, year: int) -> Mapping[str, int]:
    """Figures by the name of the gap they fill in the criteria's report sentences."""
    rows: dict[str, list[LedgerEntry]] = {}
    for row in ledger_entries_for(unit, year, report_day(year)):
        rows.setdefault(row.kind, []).append(row)

    def total(kind: str, detail: str) -> int:
        return sum(int(str(row.details.get(detail) or 0)) for row in rows[kind])

    def count(kind: str, detail: str, value: object) -> int:
        return sum(row.details.get(detail) == value for row in rows[kind])

    def talks(form: str) -> int:
        counts = (row.details["count"] for row in rows["T9"] if row.details["form"] == form)
        return sum(int(str(one)) for one in counts)

    return {
        "problems_found": total("T3", "problems_found"),
        "criticisms": total("T3", "criticisms"),
        "sessions": len(rows["T5"]),
        "speeches": sum(str(row.details["speakers"]).count(",") + 1 for row in rows["T5"]),
        "matters": count("T6", "is_major", value=True),
        "trips": count("T8", "purpose_kind", "调研"),
        "visits": talks("联系点"),
        "talks": talks("谈心谈话"),
        "deeds_done": sum(row.details["done_on"] is not None for row in rows["T10"]),
        "funds": total("T11", "funds_yuan") // _TEN_THOUSAND,
        "ideology_studies": count("T12", "form", "专题研究"),
        "hearings": total("T13", "deployments") + total("T13", "hearings"),
        "risk_points": int(str(rows["T13"][-1].details["risk_points"])),
        "courses": len(rows["T15"]),
        "trained": total("T15", "trained"),
        "branch_visits": sum(len(row.members) for row in rows["T16"]),
        "lectures": count("T16", "form", "党课"),
        "petitions": total("T18", "received"),
        "led": total("T18", "led_by_members"),
    }
