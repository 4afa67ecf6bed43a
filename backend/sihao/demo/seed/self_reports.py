"""Self-reports: written down, then signed, sealed and answered by the product (R16)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sihao.core.events import Audience
from sihao.core.text import Prose
from sihao.demo.city import Unit
from sihao.demo.profiles import profile_of, running_stage
from sihao.demo.reports import self_report_for
from sihao.demo.seed.town import Town, Year, stamped
from sihao.demo.words import dice
from sihao.self_reports import queries
from sihao.self_reports.actions import move_report
from sihao.self_reports.lifecycle import SELF_REPORT, SelfReportState
from sihao.self_reports.models import SelfReport, SelfReportSection
from sihao.self_reports.year import HEAD, TAIL

_SIGNED = frozenset({SelfReportState.SUBMITTED, SelfReportState.ACCEPTED, SelfReportState.RETURNED})
_RETURNED = "“存在问题”部分过于笼统，请对照台账写明具体问题、原因和责任人后重新报送。"


@dataclass(frozen=True)
class _Draft:
    report_id: UUID
    unit: Unit
    stage: SelfReportState
    signed: datetime


async def add_self_reports(town: Town, year: Year) -> None:
    """Add the reports that have been begun and take each as far as its stage says."""
    drafts = [
        _add_report(town, year, unit, SelfReportState(stage))
        for unit in town.units
        if (stage := _stage(town, year, unit))
    ]
    await town.write()
    signed = (one for one in drafts if one.stage in _SIGNED)
    for draft in sorted(signed, key=lambda one: one.signed):
        await _sign(town, draft)
    town.ctx.db.expunge_all()


def _stage(town: Town, year: Year, unit: Unit) -> str | None:
    running = year.number == town.calendar.running
    return running_stage(unit).self_report if running else SelfReportState.ACCEPTED


def _add_report(town: Town, year: Year, unit: Unit, stage: SelfReportState) -> _Draft:
    office, deputy = f"{unit.account}.office", f"{unit.account}.deputy"
    signed = _signed_at(town, year, unit, stage)
    begun = signed - timedelta(days=11)
    reviewed = stage is not SelfReportState.DRAFT
    presented = signed - timedelta(days=2)
    name = town.actors[office].name
    report_id = town.rows.add(
        SelfReport,
        unit_id=town.unit_ids[unit.number],
        campaign_id=year.campaign.id,
        state=SelfReportState.TEAM_REVIEW if reviewed else SelfReportState.DRAFT,
        **stamped(begun, name, presented if reviewed else begun),
    )
    town.tell(
        "self_report.created",
        report_id,
        unit,
        office,
        begun,
        audience=Audience.UNIT,
        year=year.number,
    )
    for dimension, text in _sections(unit, year.number, whole=reviewed).items():
        town.rows.add(
            SelfReportSection,
            unit_id=town.unit_ids[unit.number],
            self_report_id=report_id,
            dimension=dimension,
            text=text,
            **stamped(begun, name, presented - timedelta(hours=3)),
        )
    if reviewed:
        opinion = "提请班子会议审议。"
        town.moved(SELF_REPORT, "present", report_id, unit, deputy, presented, opinion)
    return _Draft(report_id, unit, stage, signed)


def _signed_at(town: Town, year: Year, unit: Unit, stage: SelfReportState) -> datetime:
    """When it is signed: strong units some time ago, the others in the last few days."""
    rng = dice(unit.number, year.number, "signature")
    hour, minute = rng.randint(9, 16), rng.randint(0, 59)
    if year.number == town.calendar.running:
        early = stage is SelfReportState.ACCEPTED
        return town.calendar.before(
            rng.randint(12, 18) if early else rng.randint(3, 7), hour, minute
        )
    late = profile_of(unit, year.number).late
    day = date(year.number, 12, rng.randint(1, 5)) if late else date(year.number, 11, 16)
    return town.calendar.at(day if late else day + timedelta(days=rng.randint(0, 12)), hour, minute)


def _sections(unit: Unit, year: int, *, whole: bool) -> dict[str, Prose]:
    """The report's text by section; one that is being drafted lacks its end."""
    told = self_report_for(unit, year)
    parts = {
        HEAD: told.opening,
        **{
            code: "\n".join(f"{one.text}（{one.criterion}）" for one in said)
            for code, said in told.sections.items()
        },
        TAIL: f"{told.problems}\n{told.plans}",
    }
    lacking = () if whole else ("D", TAIL) if unit.number % 2 else (TAIL,)
    return {code: "" if code in lacking else text for code, text in parts.items()}


async def _sign(town: Town, draft: _Draft) -> None:
    lead = town.by(f"{draft.unit.account}.lead", draft.signed)
    report = await queries.get_report(lead, draft.report_id)
    opinion = "经班子会议审议，情况属实，同意报送。"
    report = await town.do(move_report, lead, report.id, report.version, "sign", opinion)
    answer = {
        SelfReportState.ACCEPTED: ("accept", "材料齐全，予以接收。"),
        SelfReportState.RETURNED: ("return", _RETURNED),
    }.get(draft.stage)
    if answer:
        at = min(draft.signed + timedelta(days=2), town.calendar.before(1, 11))
        officer = town.by("officer", at)
        await town.do(move_report, officer, report.id, report.version, *answer)
