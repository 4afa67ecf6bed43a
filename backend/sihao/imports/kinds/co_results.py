"""Results of merged assessments (R18), from their owners or their systems."""

from collections.abc import Hashable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Forbidden
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps
from sihao.imports import queries
from sihao.imports.checking import Place
from sihao.imports.columns import Column, Sheet, Type
from sihao.imports.kinds.plain import Draft, PlainCheck, Rejected, validated
from sihao.inspections import policy
from sihao.inspections.actions.co_assessments import keep_history
from sihao.inspections.actions.phase import UNTIL_CLOSED, hold_phase_named
from sihao.inspections.models import CoAssessment, CoAssessmentResult, ResultWay
from sihao.inspections.schemas.co_assessments import CoResultBody

_SCOPE = "coassessment:write"


class CoResults:
    """Results of one campaign's merged assessments."""

    title: ClassVar[str] = "并入考核结果"
    needs_campaign: ClassVar[bool] = True
    is_whole: ClassVar[bool] = False
    is_confirmed: ClassVar[bool] = False

    def sheets(self) -> list[Sheet]:
        """One sheet."""
        return [Sheet(self.title, CoResultCheck.columns)]

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:
        """Co-assessors and systems with the scope."""
        ctx.require_scope(_SCOPE)
        if not ctx.actor.is_service:
            ctx.require(Role.COASSESSOR)
        assert campaign_id is not None  # noqa: S101 - the kind needs one
        await hold_phase_named(ctx, campaign_id, UNTIL_CLOSED)

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> "CoResultCheck":
        """Read the assessments that the actor sees, and the units."""
        await self.allow(ctx, campaign_id)
        assert campaign_id is not None  # noqa: S101 - allowed above
        seen = await queries.find_co_assessments(ctx, campaign_id)
        return CoResultCheck(ctx, seen, await queries.find_units(ctx))


class CoResultCheck(PlainCheck):
    """One file of results."""

    key_column = "unit"
    columns = (
        Column("code", "考核编号", required=True, hint="如 X1。", example="X1"),
        Column(
            "unit", "单位", required=True, hint="单位编码或名称。", aliases=("unit_id", "单位编码")
        ),
        Column("score", "得分", Type.DECIMAL, required=True, hint="百分制。", example=92.5),
        Column("grade", "等次", example="良好"),
        Column("note", "说明", width=28),
        Column("source", "依据", hint="所依据的文件或系统。", width=28),
    )

    def __init__(self, ctx: Context, seen: dict[str, CoAssessment], units: dict[str, UUID]) -> None:
        super().__init__(ctx)
        self._seen, self._units = seen, units

    def read(self, place: Place, values: dict[str, Any]) -> Draft | Rejected:
        """Check as `PUT /co-assessments/{id}/results` does."""
        errors: Rejected = []
        parent = self._seen.get(str(values.pop("code", "")))
        unit_id = self._units.get(str(values.pop("unit", "")))
        if parent is None:
            errors.append(place.error("code", "co_assessment.unknown", "没有这项并入考核。"))
        else:
            try:
                policy.check_writes_results(self.ctx.actor, parent)
            except Forbidden as forbidden:
                errors.append(place.error("code", forbidden.code, forbidden.zh))
        if unit_id is None:
            errors.append(place.error("unit", "unit.unknown", "没有这个单位。"))
        body = validated(CoResultBody, place, values)
        if isinstance(body, list):
            return [*errors, *body]
        if errors or parent is None:
            return errors
        told = {"co_assessment_id": parent.id, "unit_id": unit_id, **body.model_dump()}
        return Draft(place, (parent.id, unit_id), told, {"code": parent.code})

    async def find(self, ctx: Context) -> Mapping[Hashable, Any]:
        """By assessment and unit."""
        parents = {draft.values["co_assessment_id"] for draft in self.drafts}
        found = await queries.hold_co_results(ctx, parents)
        return {(one.co_assessment_id, one.unit_id): one for one in found}

    def create(self, ctx: Context, draft: Draft) -> None:
        """Add the result."""
        draft.row = CoAssessmentResult(**draft.values, **stamps(ctx))
        ctx.db.add(draft.row)

    def record(self, ctx: Context, draft: Draft, job_id: str) -> None:
        """The event and the history of the form."""
        keep_history(ctx, draft.row, ResultWay.BULK)
        told = {"code": draft.more["code"], "score": str(draft.row.score), "import_id": job_id}
        emit(
            ctx,
            "co_assessment.scored",
            draft.row.id,
            draft.row.unit_id,
            audience=Audience.COMMITTEE,
            **told,
        )
