"""Check what a row says against its kind."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from sihao.ledgers.details import Details
from sihao.ledgers.kinds import KINDS
from sihao.ledgers.models import LedgerKind
from sihao.ledgers.schemas import EntryRow

Complaint = dict[str, Any]
"""An error as Pydantic gives it: `loc`, `type`, `msg`, `ctx`."""
Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What is stored of a row."""

    title: str
    details: dict[str, Any]
    members: list[UUID]


def check_content(
    kind: LedgerKind, row: EntryRow, team: Collection[UUID], loc: Loc
) -> Content | list[Complaint]:
    """Give what is stored, or everything that is wrong; `loc` is the row's place in the request."""
    rule = KINDS[kind]
    complaints = [*_check_dates(kind, row, loc), *_check_members(kind, row, team, loc)]
    details: Details | None = None
    try:
        details = rule.details.model_validate(row.details)
    except ValidationError as error:
        found = error.errors(include_url=False)
        complaints += [{**one, "loc": (*loc, "details", *one["loc"])} for one in found]
    if rule.personal and row.title:
        complaints.append(_say(loc, "title", "只记次数和对象类别，名称由系统生成，不用填写。"))
    elif not rule.personal and not row.title:
        complaints.append({"loc": (*loc, "title"), "type": "missing", "msg": "Field required"})
    if complaints or details is None:
        return complaints
    title = details.written_title if rule.personal else row.title
    return Content(title, details.model_dump(mode="json"), list(dict.fromkeys(row.member_ids)))


def _check_dates(kind: LedgerKind, row: EntryRow, loc: Loc) -> list[Complaint]:
    if row.ended_on is None:
        return []
    rule = KINDS[kind]
    if rule.ended is None:
        return [_say(loc, "ended_on", "这本台账只填一个日期。")]
    if row.ended_on < row.happened_on:
        return [_say(loc, "ended_on", f"不能早于{rule.happened}。")]
    return []


def _check_members(
    kind: LedgerKind, row: EntryRow, team: Collection[UUID], loc: Loc
) -> list[Complaint]:
    asked = KINDS[kind].members
    if asked is None:
        return [_say(loc, "member_ids", "这本台账不登记班子成员。")] if row.member_ids else []
    if asked.required and not row.member_ids:
        return [_say(loc, "member_ids", "至少勾选一名班子成员。")]
    return [
        _say((*loc, "member_ids"), at, "本单位没有这名班子成员。")
        for at, member in enumerate(row.member_ids)
        if member not in team
    ]


def _say(loc: Loc, field: str | int, sentence: str) -> Complaint:
    return {
        "loc": (*loc, field),
        "type": "value_error",
        "msg": sentence,
        "ctx": {"error": sentence},
    }
