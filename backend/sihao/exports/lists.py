"""Every list that can be exported, read through the list's own query and scope (W21)."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from fastapi import Response
from pydantic import BaseModel

from sihao.accounts.queries import list_people
from sihao.accounts.schemas import PersonQuery
from sihao.ballots.queries.ballots import list_ballots
from sihao.ballots.schemas import BallotQuery
from sihao.complaints.queries import list_complaints
from sihao.complaints.schemas import ComplaintQuery
from sihao.core.context import Context, Role
from sihao.core.paging import PageQuery
from sihao.evidence import policy as evidence_policy
from sihao.evidence.manifest_schemas import ManifestQuery
from sihao.evidence.queries import get_manifest, list_evidence, list_lines, list_manifests
from sihao.evidence.schemas import EvidenceQuery
from sihao.exports import columns as c
from sihao.exports import queries
from sihao.exports.schemas import (
    CoResultsQuery,
    ManifestLinesQuery,
    MeasureProgressQuery,
    MembersQuery,
)
from sihao.extras.queries import list_extras
from sihao.extras.schemas import ExtraQuery
from sihao.followups.queries.interviews import list_interviews
from sihao.followups.queries.rectifications import list_rectifications
from sihao.followups.queries.referrals import list_referrals
from sihao.followups.schemas.interviews import InterviewQuery
from sihao.followups.schemas.rectifications import RectificationQuery
from sihao.followups.schemas.referrals import ReferralQuery
from sihao.imports.columns import Cell, Sheet
from sihao.imports.kinds import ledger_columns
from sihao.imports.queries import find_members
from sihao.inspections.queries.co_assessments import list_co_assessments
from sihao.inspections.queries.groups import list_groups
from sihao.inspections.queries.inspections import list_inspections
from sihao.inspections.queries.objections import list_findings, list_objections
from sihao.inspections.queries.recusals import list_recusals
from sihao.inspections.schemas.co_assessments import CoAssessmentQuery
from sihao.inspections.schemas.groups import GroupQuery
from sihao.inspections.schemas.inspections import InspectionQuery
from sihao.inspections.schemas.objections import FindingQuery, ObjectionQuery
from sihao.inspections.schemas.recusals import RecusalQuery
from sihao.ledgers.actions import SCOPE as LEDGERS
from sihao.ledgers.policy import is_plain_member
from sihao.ledgers.queries import list_entries
from sihao.ledgers.schemas import EntryQuery
from sihao.plans.problem_schemas import MeasureQuery, ProblemQuery
from sihao.plans.queries import list_measures, list_meetings, list_plans, list_problems
from sihao.plans.schemas import MeetingQuery, PlanQuery
from sihao.results.queries.comparisons import list_commendations, list_comparisons
from sihao.results.queries.notices import list_objections as list_notice_objections
from sihao.results.queries.results import list_results
from sihao.results.schemas import (
    CommendationQuery,
    ComparisonQuery,
    NoticeObjectionQuery,
    ResultQuery,
)
from sihao.self_reports.queries import list_reports
from sihao.self_reports.schemas import SelfReportQuery
from sihao.units.models import UnitKind
from sihao.units.queries import list_units
from sihao.units.schemas import UnitQuery

PAGE = 1000
Rows = tuple[Sheet, list[list[Cell]]]


@dataclass(frozen=True)
class Export:
    """One list. `query` is that of the list; `pages` gives rows sheet by sheet."""

    title: str
    query: type[BaseModel]
    sheets: tuple[Sheet, ...]
    pages: Callable[[Context, Any], AsyncGenerator[Rows, None]]
    scope: str | None = None
    """What a service account needs to read the list; None: lists of people."""
    left_out: str = ""

    def headings(self) -> list[str]:
        """All headings, each once, in the order of the sheets."""
        return list(dict.fromkeys(one.common for sheet in self.sheets for one in sheet.columns))


def _through(
    listed: Callable[[Context, Any], Awaitable[Response]], sheet: Sheet, build: c.Build
) -> Callable[[Context, Any], AsyncGenerator[Rows, None]]:
    async def pages(ctx: Context, query: Any) -> AsyncGenerator[Rows, None]:
        async for items in read_pages(ctx, listed, query):
            yield sheet, [build(item) for item in items]

    return pages


async def read_pages(
    ctx: Context, listed: Callable[[Context, Any], Awaitable[Response]], query: PageQuery
) -> AsyncGenerator[list[dict[str, Any]], None]:
    """Read a list to its end, page by page, with the very query that answers it over HTTP."""
    cursor: str | None = None
    while True:
        page = await listed(ctx, query.model_copy(update={"limit": PAGE, "cursor": cursor}))
        told = orjson.loads(page.body)
        if told["items"]:
            yield told["items"]
        cursor = told["next_cursor"]
        if cursor is None:
            return


async def _ledger_pages(ctx: Context, query: EntryQuery) -> AsyncGenerator[Rows, None]:
    teams = await find_members(ctx)
    same = {
        ident
        for team in teams.values()
        for ids in team.values()
        if len(ids) > 1
        for ident in map(str, ids)
    }
    sheets = {sheet.title: sheet for sheet in LEDGER_SHEETS}
    async for items in read_pages(ctx, list_entries, query):
        parted: dict[str, list[list[Cell]]] = {}
        for item in items:
            title, row = c.ledger_row(item, same)
            parted.setdefault(title, []).append(row)
        for title, rows in parted.items():
            yield sheets[title], rows


async def _member_pages(ctx: Context, query: MembersQuery) -> AsyncGenerator[Rows, None]:
    async for some in queries.list_teams(ctx, query.unit_id):
        yield c.MEMBERS, [c.member_row(one) for one in some]


async def _unit_pages(ctx: Context, query: UnitQuery) -> AsyncGenerator[Rows, None]:
    wanted = query.model_copy(update={"kind": UnitKind.UNIT})
    async for items in read_pages(ctx, list_units, wanted):
        yield c.UNITS, [c.unit_row(item) for item in items]


async def _line_pages(ctx: Context, query: ManifestLinesQuery) -> AsyncGenerator[Rows, None]:
    manifest = await get_manifest(ctx, query.manifest_id)

    async def listed(ctx: Context, page: ManifestLinesQuery) -> Response:
        return await list_lines(ctx, manifest, page)

    async for items in read_pages(ctx, listed, query):
        yield LINES, [_build_line(item) for item in items]


async def _meeting_pages(ctx: Context, query: MeetingQuery) -> AsyncGenerator[Rows, None]:
    names = await queries.list_unit_names(ctx)
    async for items in read_pages(ctx, list_meetings, query):
        told = [{**item, "unit_name": names.get(item["unit_id"])} for item in items]
        yield MEETINGS, [_build_meeting(item) for item in told]


async def _ballot_pages(ctx: Context, query: BallotQuery) -> AsyncGenerator[Rows, None]:
    async for items in read_pages(ctx, list_ballots, query):
        told = await queries.list_ballot_results(ctx, [UUID(item["id"]) for item in items])
        results = {str(ident): one.model_dump(mode="json") for ident, one in told.items()}
        yield BALLOTS, [_build_ballot({**results.get(one["id"], {}), **one}) for one in items]


LINES = c.sheet_of("清单行", c.MANIFEST_LINES)
_build_line = c.builder(LINES)
MEETINGS = c.sheet_of("班子会议", c.MEETINGS)
_build_meeting = c.builder(MEETINGS)
BALLOTS = c.sheet_of("民主测评", c.BALLOTS)
_build_ballot = c.builder(BALLOTS)
LEDGER_SHEETS = tuple(ledger_columns.sheets())


def _listed(
    title: str,
    query: type[PageQuery],
    listed: Any,
    fields: tuple[tuple[str, str], ...],
    **more: Any,
) -> Export:
    sheet = c.sheet_of(title, fields)
    return Export(title, query, (sheet,), _through(listed, sheet, c.builder(sheet)), **more)


LISTS: Mapping[str, Export] = {
    "ledger-entries": Export(
        "台账记录",
        EntryQuery,
        LEDGER_SHEETS,
        _ledger_pages,
        scope=LEDGERS,
        left_out="佐证材料不在表中，请用“材料包”导出。",
    ),
    "measures": Export(
        "计划措施",
        MeasureQuery,
        (c.MEASURES,),
        _through(list_measures, c.MEASURES, c.measure_row),
        scope="plan:read",
        left_out="结合事项不在表中；进展记录请用“措施进展”导出。",
    ),
    "units": Export("单位", UnitQuery, (c.UNITS,), _unit_pages, left_out="工委本身不在表中。"),
    "members": Export("班子成员", MembersQuery, (c.MEMBERS,), _member_pages),
    "people": Export(
        "账号",
        PersonQuery,
        (c.PEOPLE,),
        _through(list_people, c.PEOPLE, c.person_row),
        left_out="密码不在表中，也不能导出。",
    ),
    "problems": _listed("问题", ProblemQuery, list_problems, c.PROBLEMS, scope="plan:read"),
    "plans": _listed(
        "年度计划",
        PlanQuery,
        list_plans,
        c.PLANS,
        scope="plan:read",
        left_out="计划正文不在表中，请在计划页面导出文档。",
    ),
    "evidence": _listed(
        "佐证材料",
        EvidenceQuery,
        list_evidence,
        c.EVIDENCE,
        scope=evidence_policy.SCOPE,
        left_out="文件本身不在表中，请用“材料包”导出。",
    ),
    "self-reports": _listed("自查报告", SelfReportQuery, list_reports, c.SELF_REPORTS),
    "inspections": _listed("检查", InspectionQuery, list_inspections, c.INSPECTIONS),
    "findings": _listed("发现问题", FindingQuery, list_findings, c.FINDINGS),
    "objections": _listed("陈述申辩", ObjectionQuery, list_objections, c.OBJECTIONS),
    "extras": _listed("加减分事项", ExtraQuery, list_extras, c.EXTRAS, scope="result:read"),
    "co-assessment-results": Export(
        c.CO_RESULTS.title,
        CoResultsQuery,
        (c.CO_RESULTS,),
        _through(queries.list_co_results, c.CO_RESULTS, c.co_result_row),
        scope="coassessment:write",
    ),
    "results": _listed("年度结果", ResultQuery, list_results, c.RESULTS, scope="result:read"),
    "interviews": _listed("约谈", InterviewQuery, list_interviews, c.INTERVIEWS),
    "rectifications": _listed("整改", RectificationQuery, list_rectifications, c.RECTIFICATIONS),
    "progress": _listed(
        "措施进展", MeasureProgressQuery, queries.list_progress, c.PROGRESS, scope="plan:read"
    ),
    "team-meetings": Export(
        MEETINGS.title, MeetingQuery, (MEETINGS,), _meeting_pages, scope="plan:read"
    ),
    "evidence-manifests": _listed(
        "材料清单",
        ManifestQuery,
        list_manifests,
        c.MANIFESTS,
        scope=evidence_policy.SCOPE,
        left_out="各清单的文件不在表中，请在清单页面导出清单行。",
    ),
    "manifest-lines": Export(
        LINES.title, ManifestLinesQuery, (LINES,), _line_pages, scope=evidence_policy.SCOPE
    ),
    "inspection-groups": _listed("检查组", GroupQuery, list_groups, c.GROUPS),
    "recusals": _listed("回避", RecusalQuery, list_recusals, c.RECUSALS),
    "co-assessments": _listed(
        "并入考核",
        CoAssessmentQuery,
        list_co_assessments,
        c.CO_ASSESSMENTS,
        scope="coassessment:write",
    ),
    "ballots": Export(
        BALLOTS.title,
        BallotQuery,
        (BALLOTS,),
        _ballot_pages,
        scope="result:read",
        left_out="只有已公布的总数；选票、各题和各组的票数不在表中。",
    ),
    "comparisons": _listed(
        "集中评比",
        ComparisonQuery,
        list_comparisons,
        c.COMPARISONS,
        left_out="各单位的分数和排序不在表中。",
    ),
    "commendations": _listed("通报表扬", CommendationQuery, list_commendations, c.COMMENDATIONS),
    "notice-objections": _listed(
        "公示异议", NoticeObjectionQuery, list_notice_objections, c.NOTICE_OBJECTIONS
    ),
    "referrals": _listed(
        "提请",
        ReferralQuery,
        list_referrals,
        c.REFERRALS,
        left_out="事实依据和附件不在表中。",
    ),
    "complaints": _listed(
        "投诉建议",
        ComplaintQuery,
        list_complaints,
        c.COMPLAINTS,
        left_out="不署名的，提出人一栏为空。",
    ),
}


def said_of(ctx: Context, name: str, told: Export) -> Iterator[str]:
    """Say what the file leaves out for this reader."""
    if name == "ledger-entries" and is_plain_member(ctx.actor):
        yield "只含您本人参加的记录。"
    if ctx.actor.has({Role.INSPECTOR}) and not ctx.actor.sees_all:
        yield "只含您所在检查组的单位；已回避的单位不在其中。"
    if told.left_out:
        yield told.left_out
