"""What a plan still lacks before the team can deliberate on it (R6, R8–R11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from pydantic import BaseModel


class PlanText(Protocol):
    """What the plan itself says."""

    basis: str
    goals: str
    content: str


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """What guards ask about a problem; `unfinished` counts its measures not yet completed."""

    id: UUID
    number: int
    criteria: int
    unfinished: int
    in_force: bool


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What guards ask about a measure."""

    id: UUID
    number: int
    has_text: bool
    has_owner: bool
    has_due_date: bool
    has_output: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What guards ask about a plan; `waiting` counts requests nobody has answered yet."""

    problems: tuple[ProblemFacts, ...] = ()
    measures: tuple[MeasureFacts, ...] = ()
    waiting: int = 0


class Defect(BaseModel):
    """One thing to mend. `pointer` says where: `/goals`, `/measures/{id}/owner_id`."""

    pointer: str
    code: str
    detail: str


def defects(plan: PlanText, facts: PlanFacts) -> list[Defect]:
    """List everything that keeps the plan from the team, in the order of the page."""
    return [*_of_text(plan), *_of_problems(facts), *_of_measures(facts)]


def _of_text(plan: PlanText) -> Iterator[Defect]:
    if not plan.basis:
        yield Defect(pointer="/basis", code="plan.basis", detail="依据：写明上级指示要求")
    if not plan.goals:
        yield Defect(pointer="/goals", code="plan.goals", detail="年度目标：尚未填写")
    if not plan.content:
        yield Defect(pointer="/content", code="plan.content", detail="创建内容：尚未填写")


def _of_problems(facts: PlanFacts) -> Iterator[Defect]:
    if not facts.problems:
        yield Defect(pointer="/problems", code="plan.problems", detail="问题：至少查找一个")
    for one in facts.problems:
        if not one.criteria:
            yield Defect(
                pointer=f"/problems/{one.id}/criteria",
                code="problem.criteria",
                detail=f"问题 {one.number}：至少对照一个条目",
            )


def _of_measures(facts: PlanFacts) -> Iterator[Defect]:
    if not facts.measures:
        yield Defect(pointer="/measures", code="plan.measures", detail="措施：至少制定一条")
    for one in facts.measures:
        lacks = (
            (one.has_text, "text", "measure.text", "写明措施"),
            (one.has_owner, "owner_id", "measure.owner", "选定责任人"),
            (one.has_due_date, "due_on", "measure.due_on", "填写完成时限"),
            (one.has_output, "expected_output", "measure.output", "写明预期成果"),
        )
        for has, field, code, zh in lacks:
            if not has:
                yield Defect(
                    pointer=f"/measures/{one.id}/{field}",
                    code=code,
                    detail=f"措施 {one.number}：{zh}",
                )
