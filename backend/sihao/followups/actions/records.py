"""Write the record of an interview, name its readers, and note each look at it (B11)."""

from datetime import date
from typing import Any
from uuid import UUID

from sihao.core.context import Context, Role
from sihao.core.errors import Conflict, Invalid
from sihao.core.etag import check_version
from sihao.core.events import Audience, emit
from sihao.core.lifecycle import stamps, touch
from sihao.followups import policy
from sihao.followups.models import Interview, InterviewRecord
from sihao.followups.queries import interviews
from sihao.followups.queries import records as queries
from sihao.followups.schemas.records import (
    Attendance,
    AttendanceWritten,
    Readers,
    RecordFields,
    RecordUpdate,
)


async def begin_record(
    ctx: Context, interview: Interview, held_on: date, body: RecordFields
) -> InterviewRecord:
    """Begin the record; whoever does is its note taker."""
    attendance = await _attendance(ctx, interview.unit_id, held_on, body.attendance)
    record = InterviewRecord(
        unit_id=interview.unit_id,
        interview_id=interview.id,
        readers=[ctx.person_id],
        taken_by=ctx.actor.name,
        attendees=body.attendees,
        attendance=attendance,
        text=body.text,
        **stamps(ctx),
    )
    ctx.db.add(record)
    await ctx.db.flush()
    return record


async def _attendance(
    ctx: Context, unit_id: UUID, on: date, written: list[AttendanceWritten]
) -> list[dict[str, Any]]:
    """Ask for each member in office on the day once; whoever was absent has a reason."""
    team = await queries.list_in_office(ctx, unit_id, on)
    said = {one.member_id: one for one in written}
    if len(said) != len(written) or set(said) != {one.member_id for one in team}:
        code, zh = "interview_record.team", "请逐一登记当日在任的班子成员是否到会，每人一次。"
        en = "Every member in office on that day, once."
        raise Invalid(code, zh, en, pointer="/body/attendance")
    for at, one in enumerate(written):
        if not one.came and not one.reason:
            code, zh = "interview_record.absent", "没有到会的成员须写明原因。"
            raise Invalid(code, zh, "Say why.", pointer=f"/body/attendance/{at}/reason")
    return [
        Attendance(
            **one.model_dump(), **said[one.member_id].model_dump(include={"came", "reason"})
        ).model_dump(mode="json")
        for one in team
    ]


async def read_record(ctx: Context, interview_id: UUID) -> tuple[Interview, InterviewRecord]:
    """Give the record to one of its readers; the look is on record too."""
    interview = await interviews.get_interview(ctx, interview_id)
    record = await queries.get_record(ctx, interview.id)
    emit(
        ctx,
        "interview.record_read",
        interview.id,
        interview.unit_id,
        audience=Audience.RESTRICTED,
        record_version=record.version,
    )
    return interview, record


async def update_record(
    ctx: Context, interview_id: UUID, version: int, body: RecordUpdate
) -> tuple[Interview, InterviewRecord]:
    """Write on; what one side has confirmed already is open again."""
    interview = await interviews.get_interview(ctx, interview_id, lock=True)
    record = await queries.get_record(ctx, interview.id, lock=True)
    ctx.require(Role.OFFICER, Role.LEADER)
    if not policy.may_edit_record(ctx.actor, interview):
        code, zh = (
            "interview.record",
            "记录已经双方确认，或约谈还没有登记；需要更正的先“重开记录”。",
        )
        raise Conflict(code, zh, "The record is confirmed, or there is none yet.")
    check_version(record, version)
    changes = body.model_dump(exclude_unset=True, exclude_none=True)
    held_on = body.held_on or interview.held_on
    if held_on is None or held_on > ctx.today:
        code, zh = "interview.held_on", "约谈日期不能晚于今天。"
        raise Invalid(code, zh, "It has not taken place yet.", pointer="/body/held_on")
    if body.attendance is not None or body.held_on is not None:
        written = body.attendance
        if written is None:
            written = [
                AttendanceWritten.model_validate(
                    {name: one[name] for name in AttendanceWritten.model_fields}
                )
                for one in record.attendance
            ]
        changes["attendance"] = await _attendance(ctx, record.unit_id, held_on, written)
    reopened = reopen(interview)
    for row in (interview, record):
        fields = {name: value for name, value in changes.items() if hasattr(row, name)}
        row.sqlmodel_update(fields)
        touch(ctx, row)
    emit(
        ctx,
        "interview.updated",
        interview.id,
        interview.unit_id,
        audience=Audience.RESTRICTED,
        fields=sorted(changes),
        reopened=reopened,
        content_hash=queries.content_hash(interview, record),
    )
    await ctx.db.flush()
    return interview, record


def reopen(interview: Interview) -> list[str]:
    """Take both confirmations back; tell whose there were."""
    sides = [side for side in ("unit", "committee") if getattr(interview, f"{side}_confirmed_at")]
    interview.unit_confirmed_at = interview.committee_confirmed_at = None
    interview.unit_confirmed_by = interview.committee_confirmed_by = interview.unit_remark = ""
    return sides


async def name_readers(ctx: Context, interview_id: UUID, version: int, body: Readers) -> Interview:
    """Say who else reads the record, and why. Raises `Invalid` for somebody of an office."""
    interview = await interviews.get_interview(ctx, interview_id, lock=True)
    ctx.require(Role.LEADER)
    check_version(interview, version)
    record = await queries.get_record(ctx, interview.id, lock=True)
    nameable = {one.id for one in await queries.list_nameable(ctx, interview.unit_id)}
    for at, one in enumerate(body.person_ids):
        if one not in nameable:
            code, zh = "interview_record.reader", "可阅人员只能是工委干部或该单位分管负责同志。"
            en = "Readers are the committee's people and the unit's deputies."
            raise Invalid(code, zh, en, pointer=f"/body/person_ids/{at}")
    record.readers = list(dict.fromkeys([*record.readers[:1], *body.person_ids]))
    touch(ctx, record)
    touch(ctx, interview)
    emit(
        ctx,
        "interview.readers",
        interview.id,
        interview.unit_id,
        audience=Audience.RESTRICTED,
        opinion=body.opinion,
        readers=[str(one) for one in record.readers],
    )
    await ctx.db.flush()
    return interview
