"""Self-reports for tests."""

from datetime import UTC, datetime
from itertools import count

from sihao.self_reports.lifecycle import SelfReportState
from sihao.self_reports.models import SelfReport, SelfReportSection
from sihao.self_reports.sealing import hash_of, receipt_number
from tests.factories import STAMPS

SECTIONS = ("head", "A", "B", "C", "D", "tail")
_WRITTEN = frozenset({SelfReportState.DRAFT, SelfReportState.TEAM_REVIEW})
_n = count(500)


async def make_report(
    world, unit, campaign, *, state=SelfReportState.DRAFT, text="照标准抓落实。", **fields
) -> SelfReport:
    """Make a report whose sections all say `text`; from `submitted` on it is signed and frozen."""
    sections = fields.pop("sections", SECTIONS)
    if state not in _WRITTEN:
        fields = {**_signed(unit, campaign, sections, text), **fields}
    report = SelfReport(unit_id=unit.id, campaign_id=campaign.id, state=state, **fields, **STAMPS)
    await world.add(report)
    await world.add(
        *(
            SelfReportSection(
                unit_id=unit.id, self_report_id=report.id, dimension=code, text=text, **STAMPS
            )
            for code in sections
        )
    )
    return report


def _signed(unit, campaign, sections, text) -> dict[str, object]:
    frozen = {
        "unit": unit.name,
        "year": campaign.year,
        "sections": [{"dimension": code, "title": code, "text": text} for code in sections],
        "figures": [],
        "evidence": [],
    }
    return {
        "frozen": frozen,
        "content_hash": hash_of(frozen),
        "receipt_number": receipt_number(campaign.year, next(_n)),
        "signed_by": "主要负责同志",
        "submitted_at": datetime.now(UTC),
    }
