"""Measures of the own unit's plan, while it is drafted."""

from collections.abc import Hashable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from sihao.core.context import Context
from sihao.core.errors import Invalid
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps
from sihao.imports import queries
from sihao.imports.checking import Place
from sihao.imports.columns import Column, Sheet, Type
from sihao.imports.kinds.plain import (
    SYSTEM_ID,
    Draft,
    PlainCheck,
    Rejected,
    Told,
    identified,
    validated,
)
from sihao.imports.schemas import RowError
from sihao.plans.actions.plans import hold_draft
from sihao.plans.models import Measure, Plan
from sihao.plans.problem_schemas import MeasureCreate
from sihao.plans.queries import find_plan, list_measure_rows, list_problem_rows

_UNKNOWN = "本计划中没有这条措施。"


class Measures:
    """Measures of a campaign's plan."""

    title: ClassVar[str] = "计划措施"
    needs_campaign: ClassVar[bool] = True
    is_whole: ClassVar[bool] = False
    is_confirmed: ClassVar[bool] = False

    def sheets(self) -> list[Sheet]:
        """One sheet."""
        return [Sheet(self.title, MeasureCheck.columns)]

    async def allow(self, ctx: Context, campaign_id: UUID | None) -> None:
        """Whoever may change the plan's text now."""
        await _draft(ctx, campaign_id)

    async def begin(self, ctx: Context, campaign_id: UUID | None) -> "MeasureCheck":
        """Read the plan with its problems and measures, and the team."""
        plan = await _draft(ctx, campaign_id)
        problems = {one.number: one.id for one in await list_problem_rows(ctx, plan)}
        stored = await list_measure_rows(ctx, plan.id)
        team = (await queries.find_members(ctx)).get(plan.unit_id, {})
        return MeasureCheck(ctx, plan, problems, stored, team)


async def _draft(ctx: Context, campaign_id: UUID | None) -> Plan:
    plan = campaign_id and await find_plan(ctx, ctx.unit_id, campaign_id)
    if not plan:
        code, zh = "plan.unknown", "本单位本年度还没有建立计划，请先建立计划。"
        raise Invalid(code, zh, "The unit has no plan of this year.", pointer="/query/campaign_id")
    return await hold_draft(ctx, plan.id)


class MeasureCheck(PlainCheck):
    """One file of measures."""

    key_column = "id"
    columns = (
        SYSTEM_ID,
        Column("problem", "问题序号", Type.INTEGER, hint="计划中问题的序号。", example=1),
        Column("text", "措施", required=True, example="每季度组织一次专题研讨", width=40),
        Column("owner", "责任人", hint="班子成员姓名。", example="张明"),
        Column("co_owners", "配合人员", Type.NAMES, hint="用顿号隔开。", width=20),
        Column("due_on", "完成时限", Type.DATE),
        Column("expected_output", "预期成果", example="研讨材料四份", width=28),
    )

    def __init__(
        self,
        ctx: Context,
        plan: Plan,
        problems: dict[int, UUID],
        stored: list[Measure],
        team: dict[str, list[UUID]],
    ) -> None:
        super().__init__(ctx)
        self._plan, self._problems, self._stored, self._team = plan, problems, stored, team

    def read(self, place: Place, values: dict[str, Any]) -> Draft | Rejected:
        """Check as `POST /plans/{id}/measures` does."""
        ident = identified(place, values, "measure.unknown", _UNKNOWN)
        if isinstance(ident, list):
            return ident
        errors: Rejected = []
        number, owner = values.pop("problem", None), values.pop("owner", None)
        if number is not None:
            values["problem_id"] = self._problems.get(int(number) if str(number).isdigit() else 0)
            if values["problem_id"] is None:
                errors.append(place.error("problem", "problem.unknown", "本计划中没有这个问题。"))
        if owner is not None:
            meant = self._team.get(str(owner).strip(), [])
            values["owner_id"] = meant[0] if len(meant) == 1 else None
            if len(meant) != 1:
                zh = f"本单位班子中没有“{owner}”。" if not meant else "有同名成员，请填系统编号。"
                errors.append(place.error("owner", "member.unknown", zh))
        body = validated(MeasureCreate, place, values)
        if isinstance(body, list):
            return [*errors, *body]
        told = body.model_dump(exclude={"linkages"})
        return errors or Draft(place, ident, told)

    async def find(self, ctx: Context) -> Mapping[Hashable, Any]:  # noqa: ARG002 - read already
        """By id."""
        return {one.id: one for one in self._stored}

    def refuse(self, draft: Draft) -> RowError | None:
        """An id must be of this plan."""
        if draft.key is not None and draft.row is None:
            return draft.place.error("id", "measure.unknown", _UNKNOWN)
        return None

    def create(self, ctx: Context, draft: Draft) -> None:
        """Add it at the end of the plan."""
        number = max((one.number for one in self._stored), default=0) + 1
        draft.row = Measure(
            **draft.values,
            unit_id=self._plan.unit_id,
            plan_id=self._plan.id,
            number=number,
            **stamps(ctx),
        )
        self._stored.append(draft.row)
        ctx.db.add(draft.row)

    def record(self, ctx: Context, draft: Draft, job_id: str) -> None:
        """The events of the form."""
        if draft.changed:
            self.tell(ctx, draft, job_id, Told("measure", draft.row.unit_id, Audience.UNIT))

    async def write(self, ctx: Context, job_id: UUID) -> None:
        """Write, and tell the plan's new measures as one event."""
        added = [draft for draft in self.drafts if draft.row is None]
        await super().write(ctx, job_id)
        if added:
            numbers = [draft.row.number for draft in added]
            emit(
                ctx,
                "plan.measures_added",
                self._plan.id,
                self._plan.unit_id,
                audience=Audience.UNIT,
                numbers=numbers,
                import_id=str(job_id),
            )
            await ctx.db.flush()
